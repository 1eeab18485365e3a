import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { elementOf } from '../../../gateway/ivi/catalogue.ts'
import { formOf, requirementOf, type Stage } from '../../../gateway/ivi/coc/coc.ts'
import { planBody } from './body.ts'
import { planChassis } from './chassis.ts'
import { listsCouplings, planCouplings } from './couplings.ts'
import { diceOf } from './dice.ts'
import { planEnergy } from './energy.ts'
import { planIdentity } from './identity.ts'
import { planMachinery } from './machinery.ts'
import { planMasses } from './masses.ts'
import { fillGroup, type Filling, mergePlans } from './plan.ts'
import type { Scene } from './scene.ts'
import { planTowing } from './towing.ts'
import { imagineVehicle, type VehicleOptions } from './vehicle.ts'

export interface DocumentOptions extends VehicleOptions {
  /** Share of the elements a form may have that the document has, 0 to 1; at random when absent. */
  readonly optional?: number
}

/** See `Filling`. */
const loose = new Set(
  `AxleTrack AxleSpacing TwinWheelsAxleIndicator SteeredAxleIndicator PoweredAxleIndicator
BrakedAxleIndicator NumberOfAxlesWithTwinWheels NumberOfSteeredAxles NumberOfPoweredAxles NumberOfBrakedAxles NumberOfAxles
NumberOfWheels NumberOfSeatingPositionsIncludingDriver NumberOfSeatingPositionsExcludingDriver NumberOfSeatingPositionsLowerDeck NumberOfSeatingPositionsUpperDeck NumberOfSetsBallastMasses TrackTrainNumberOfBrakedSet
TrackTrainNumberOfPoweredSet TechnicallyPermissibleMassAxle DistributionMassRunningOrderAxle DistributionMassIncompleteAxle
MassInRunningOrder MassInRunningOrderVariableMin MassInRunningOrderVariableMax ActualMass MassInRunningOrderIncomplete
TechnicallyPermissibleMaximumLadenMass TechnicallyPermissibleMaximumLadenMassVariableMin MinimumMassCompleted
Wheelbase Width Height RearOverhang LengthLoadingArea MaximumPermissibleLength MaximumPermissibleLengthMin
MaximumPermissibleWidth MaximumPermissibleWidthMax MaximumPermissibleHeight MaximumAssistanceSpeed MaximumSpeed
DeclaredMaximumSpeedForward MetricImperialOdometer LoadCapacityIndexSingleWheel LoadCapacityIndexTwinWheel
MaximumPermissibleVerticalLoadOnCouplingPointTyreCombination WltpEmissionTestMass ProjectedFrontalAreaAirEntranceFrontGrill
EngineCapacity PowerMassRatio SoundLevelStationary SoundLevelDriveBy MaximumNetPowerCombustion Maximum30MinutesPower
MaximumNetPowerElectric FuelType ElectricVehicleConfiguration CategoryHybridElectricVehicle DescriptionCompletedAltered
MechanicalCouplingTechnicallyPermissibleTowableMass DistanceCentreCouplingRearEnd WheelBaseGroundRatio SeatingHeight`.split(
    /\s+/,
  ),
)

export interface Kind {
  readonly category: string
  readonly stage: Stage
}

/** Every category code of the catalogue with each stage of completion that its act has a form for. */
export const kinds: readonly Kind[] = (elementOf('VehicleCategory').codes ?? []).flatMap((category) =>
  (['I', 'C', 'V'] as const)
    .filter((stage) => formOf(category, stage).length > 0)
    .map((stage) => ({ category, stage })),
)

/**
 * A plausible, valid document of IVI 2.0 (unsigned): all that the form of the category and stage requires, some of what
 * it may have, numbers in the relations that the acts demand. Invented throughout; the same for the same random numbers.
 */
export const validDocument = (
  category: string,
  stage: Stage,
  options: DocumentOptions,
  random: () => number,
): IviTree => {
  const dice = diceOf(random)
  const conditional = options.optional ?? dice.pick([0, 0.2, 0.5, 0.9, 1])
  const onForm = (element: string): boolean => requirementOf(element, category, stage) !== 'absent'
  const scene: Scene = {
    vehicle: imagineVehicle(category, stage, options, dice),
    dice,
    onForm,
    maybe: (value) => (dice.chance(conditional) ? value : undefined),
  }
  const isListed = listsCouplings(scene)
  const towing = planTowing(scene, isListed && onForm('MechanicalCouplingNumberTowingMasses'))
  const masses = planMasses(scene, towing, isListed && onForm('MechanicalCouplingDistributionMassRunningOrder'))
  const { header, coc } = planIdentity(scene)
  const plan = mergePlans(
    coc,
    towing.plan,
    masses.plan,
    planChassis(scene, masses.shares),
    planCouplings(scene, masses.couplingShare),
    planEnergy(scene),
    planBody(scene),
    planMachinery(scene),
  )
  const filling: Filling = {
    dice,
    requirement: ({ name }) => requirementOf(name, category, stage),
    conditional,
    open: conditional / 4,
    loose,
  }
  return fillGroup(elementOf('InitialVehicleInformation'), { Header: header, CocDataGroup: plan }, filling)
}
