import { split } from './dice.ts'
import type { Plan } from './plan.ts'
import type { Scene } from './scene.ts'

/** Whether the vehicle lists its couplings, so that others name them by number (IVI set-up manual: not on M1). */
export const listsCouplings = ({ vehicle, onForm }: Scene): boolean =>
  vehicle.couplings > 0 && !vehicle.category.startsWith('M1') && onForm('MechanicalCouplingTable')

/** Couplings of the vehicle and the loads on them. `share` lies on the coupling of a towed vehicle in running order. */
export const planCouplings = (scene: Scene, share: number): Plan => {
  const { vehicle, dice } = scene
  const { letter, couplings, stage, vertical, category, length } = vehicle
  const isListed = listsCouplings(scene)
  const numbers = Array.from({ length: couplings }, (_, i) => String(i + 1))
  const shares = split(share, numbers.length > 0 ? numbers.map(() => 1) : [1])
  const hasVertical = couplings > 0 && !/^[TC]/.test(category)
  const loads = isListed
    ? numbers.map((number) => ({ MechanicalCouplingNumberVerticalMass: number }))
    : [{ MechanicalCouplingNumberVerticalMass: undefined }]
  const coupling = (number: string, i: number): Plan => ({
    MechanicalCouplingNumber: number,
    MechanicalCouplingTechnicallyPermissibleTowableMass: String(dice.whole(1, 40)),
    DistanceCentreCouplingRearEnd: String(dice.whole(500, length)),
    MechanicalCouplingDistributionMassRunningOrder: vehicle.isTowed ? String(shares[i]) : undefined,
    ...(letter === 'L' ? { MechanicalCouplingPartsTable: undefined } : {}),
  })
  return {
    MechanicalCouplingTable: isListed ? { MechanicalCouplingGroup: numbers.map(coupling) } : undefined,
    ...(stage === 'I' && !/^(?:M1|[LTCRS])/.test(category) ? {} : { MechanicalCouplingCanBeFittedTable: undefined }),
    MassGroup: {
      MaximumStaticVerticalMassCouplingPointTable: hasVertical
        ? {
            MaximumStaticVerticalMassCouplingPointGroup: loads.map((load) => ({
              ...load,
              TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: String(vertical),
            })),
          }
        : undefined,
    },
  }
}
