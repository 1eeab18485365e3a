import type { Dice } from './dice.ts'
import type { Plan } from './plan.ts'
import { plausibleText } from './plausible.ts'
import type { Scene } from './scene.ts'
import type { Vehicle } from './vehicle.ts'

const letters = Array.from('ABCDEFGHJKLMNPRSTUVWXYZ')
const hex = Array.from('0123456789abcdefABCDEF')
const states = ['1', '2', '3', '4', '9', '12', '13', '24', '49']
const homes = ['Germany', 'France', 'Polska', 'Japan', 'Türkiye']
const outside = /^(?:Japan|Türkiye)$/

const day = (year: number, month: number, date: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
const someDay = (dice: Dice, year: number): string => day(year, dice.whole(1, 12), dice.whole(1, 28))
const digits = (dice: Dice, count: number): string => Array.from({ length: count }, () => dice.whole(0, 9)).join('')
const counted = (dice: Dice, count: number): string => String(dice.whole(1, 10 ** count - 1)).padStart(count, '0')
const hexOf = (dice: Dice, count: number): string => Array.from({ length: count }, () => dice.pick(hex)).join('')
const referenceId = (dice: Dice): string =>
  [
    hexOf(dice, 8),
    hexOf(dice, 4),
    `4${hexOf(dice, 3)}`,
    dice.pick(Array.from('89abAB')) + hexOf(dice, 3),
    hexOf(dice, 12),
  ].join('-')

/** Act of the approval with the year from which it may be dated. */
const actOf = (dice: Dice, { letter, type }: Vehicle): readonly [act: string, year: number] => {
  if (letter === 'L') return ['168/2013', 2016]
  if ('TCRS'.includes(letter)) return ['167/2013', 2016]
  if (type === 'ESS') return ['KS18/858', 2020]
  if (type === 'NSS') return ['NKS18/858', 2020]
  return dice.chance(0.2) ? ['2007/46', 2010] : ['2018/858', 2018]
}

const numberOf = (dice: Dice, state: string, act: string): string =>
  `e${state}*${act}*${act === '2007/46' ? counted(dice, 4) : counted(dice, 5)}*${digits(dice, 2)}`

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name} ${i + 1}`)

const manufacturer = (dice: Dice, vehicle: Vehicle, stage: number, state: string, home: string): Plan => {
  const before = stage > 1
  const previous = 'MNO'.includes(vehicle.letter) ? '2018/858' : vehicle.letter === 'L' ? '168/2013' : '167/2013'
  return {
    ManufacturerStageNumber: String(stage),
    ManufacturerCountryOfResidence: home,
    PreviousStageTypeApprovalNumber: before ? numberOf(dice, state, previous) : undefined,
    PreviousStageType: before ? `T${stage}` : undefined,
    PreviousStageVariant: before ? `V${stage}` : undefined,
    PreviousStageVersion: before ? `X${stage}` : undefined,
  }
}

/** Who made, approved and signed it, when, and under which numbers. */
export const planIdentity = ({ vehicle, onForm, dice }: Scene): { readonly header: Plan; readonly coc: Plan } => {
  const { letter, type, stage, category } = vehicle
  const state = dice.pick(states)
  const [act, from] = actOf(dice, vehicle)
  const home = dice.pick(homes)
  const isSmall = type !== 'EU'
  const isProvisional = onForm('ProvisionalApprovalTerritoryTable') && dice.chance(0.15)
  const place = (): string =>
    `${dice.pick(['R', 'C', 'L'])}, x=${dice.whole(0, 900)}, y=${dice.whole(0, 900)}, z=${dice.whole(0, 900)}`
  const side = (): Plan =>
    dice.pick<Plan>([
      { LocationMarkingsVehiclePartSide: undefined, LocationMarkingsVehiclePartSideSection: undefined },
      { LocationMarkingsVehiclePartSide: dice.pick(['LEFTSIDE', 'BACKSIDE']) },
    ])
  const signed = day(2026, dice.whole(7, 12), dice.whole(1, 28))
  return {
    header: {
      IviReferenceId: referenceId(dice),
      IviVersionNumberXsd: '2.0',
      IviVersionNumber: String(dice.whole(1, 99)),
      IviVersionDateTime: `${signed}T${dice.pick(['00:00:00Z', '23:59:59.999+02:00', '09:55:21.351-05:30', '12:00:00'])}`,
      DesignatedTypeApprovalCountry: `e${state}`,
    },
    coc: {
      VehicleIdentificationNumber:
        Array.from({ length: 13 }, () => dice.pick([...letters, '4', '7'])).join('') + digits(dice, 4),
      TypeApprovalType: type,
      ProvisionalTypeApprovalIndicator: isProvisional ? 'Y' : 'N',
      ProvisionalApprovalTerritoryTable: isProvisional ? {} : undefined,
      StageOfCompletion: stage,
      VehicleCategory: category,
      ProductionYearSmallSeries: isSmall ? '2026' : undefined,
      ProductionSequentialNumberSmallSeries: isSmall ? String(dice.whole(1, 9999)) : undefined,
      Version: 'MNO'.includes(letter) ? `Version ${dice.whole(1, 99)}` : dice.pick(['N/A', 'V1']),
      LocationStatutoryPlate23Wheel: place(),
      LocationVin23Wheel: place(),
      DateManufactureVehicle: someDay(dice, 2026).replace(/-\d\d-/, '-06-'),
      TypeApprovalNumber: numberOf(dice, state, act),
      TypeApprovalIssueDate: someDay(dice, dice.whole(from, 2025)),
      SigningAuthorityTable: {
        SigningAuthorityGroup: numbered('Signer', dice.whole(1, 2)).map((SignerName) => ({
          SignerName,
          SignatureDate: signed,
        })),
      },
      ManufacturerTable: {
        ManufacturerGroup: Array.from({ length: vehicle.stages }, (_, i) =>
          manufacturer(dice, vehicle, i + 1, state, home),
        ),
      },
      ...(outside.test(home) ? { EURepresentativeGroup: {} } : {}),
      LocationMarkingsTable: {
        LocationMarkingsGroup: [
          { LocationMarkingsSubject: 'STAT', ...side() },
          { LocationMarkingsSubject: 'VIN', ...side() },
        ],
      },
      DescriptionCompletedAltered: plausibleText(dice, 500),
    },
  }
}
