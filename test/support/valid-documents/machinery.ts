import type { Plan } from './plan.ts'
import type { Scene } from './scene.ts'

const numbered = (count: number, name: string, more: (index: number) => Plan = () => ({})): Plan[] =>
  Array.from({ length: count }, (_, i) => ({ [name]: String(i + 1), ...more(i) }))

/** Gears, final drives, and what tractors and their trailers have: ballast, tracks, speeds. */
export const planMachinery = ({ vehicle, dice, maybe }: Scene): Plan => {
  const { category, couplings } = vehicle
  const ballasts = dice.whole(1, 3)
  const tracks = dice.whole(1, 3)
  const yes = (): string => dice.pick(['Y', 'N'])
  const braked = Array.from({ length: tracks }, yes)
  const powered = Array.from({ length: tracks }, yes)
  const count = (marks: readonly string[]): string => String(marks.filter((mark) => mark === 'Y').length)
  const speed = category.endsWith('b') ? dice.whole(41, 60) : dice.whole(10, 40)
  return {
    GearGroup: maybe({ GearRatioTable: maybe({ GearRatioGroup: numbered(dice.whole(1, 8), 'GearNumber') }) }),
    FinalDriveVehicleTable: maybe({ FinalDriveVehicleGroup: numbered(dice.whole(1, 2), 'FinalDriveVehicleNumber') }),
    DeclaredMaximumSpeedForward: String(speed),
    GeneralConstructionGroup: { NumberOfSetsBallastMasses: String(ballasts) },
    BallastSetTable: maybe({ BallastSetGroup: numbered(ballasts, 'BallastSetNumber') }),
    TrackTrainGroup: { TrackTrainNumberOfBrakedSet: count(braked), TrackTrainNumberOfPoweredSet: count(powered) },
    TrackSetTable: {
      TrackSetGroup: numbered(tracks, 'TrackSetNumber', (i) => ({
        TrackSetBrakedIndicator: braked[i],
        TrackSetPoweredIndicator: powered[i],
        TrackTrainSetTable: {
          TrackTrainSetGroup: [
            {
              TrackTrainSetCouplingPointTable:
                couplings === 0
                  ? undefined
                  : { TrackTrainSetCouplingPointGroup: [{ MechanicalCouplingNumberOfTrackTrainCouplingPoint: '1' }] },
            },
          ],
        },
      })),
    },
    RemarkTable: maybe({}),
  }
}
