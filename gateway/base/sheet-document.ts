import type { BaseEcoc } from '../contract/flow.ts'
import type { Finding } from '../contract/finding.ts'
import type { Vin } from '../contract/ids.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { writeDocument } from '../ivi/write-document.ts'
import { sha256 } from '../support/hash.ts'
import { stageOf } from './check-pairing.ts'

/** Without these neither mapping nor drift can go by a sheet; of each row one is enough. */
const needed: readonly (readonly string[])[] = [
  ['VehicleCategory'],
  ['StageOfCompletion'],
  ['TechnicallyPermissibleMaximumLadenMass'],
  ['Wheelbase'],
  ['MassInRunningOrderIncomplete', 'MassInRunningOrder'],
  ['ManufacturerName'],
]

const fault = (code: string, path: string, message: string): Finding => ({
  ...{ code, layer: 'base', severity: 'error', path, message },
})

/** What a base data sheet lacks: it must carry what drift compares with. */
export const lacksOf = (tree: IviTree): Finding[] => {
  const gaps = needed.flatMap((names) => {
    const [name = ''] = names
    if (names.some((one) => valueAt(tree, one) !== undefined)) return []
    const message = `The sheet gives no ${names.join(' or ')}. Take it from the paper certificate.`
    return [fault('BAS-030', elementOf(name).path, message)]
  })
  if (rowsOf(tree, 'AxleGroup').length > 0) return gaps
  return [
    ...gaps,
    fault('BAS-030', elementOf('AxleGroup').path, 'The sheet gives no axles. Take them from the paper certificate.'),
  ]
}

/** Where a sheet stands, as it goes along with what is built on it. */
export interface SheetFacts {
  readonly id: string
  readonly confirmedBy: string
  /** Of the scan, where one is attached. */
  readonly scanSha256?: string | undefined
}

/** A data sheet as the base of one vehicle. The bytes are an IVI document without signature: nobody can take it for an eCoC. */
export const baseOfSheet = (data: IviTree, vin: Vin, sheet: SheetFacts): BaseEcoc => {
  const coc = data['CocDataGroup']
  const own = typeof coc === 'object' && !Array.isArray(coc) ? coc : {}
  const tree: IviTree = { ...data, CocDataGroup: { ...own, VehicleIdentificationNumber: vin } }
  const bytes = writeDocument(tree)
  return { vin, stage: stageOf(tree), bytes, sha256: sha256(bytes), tree, origin: `data sheet ${sheet.id}`, sheet }
}

/** Said of every vehicle that is built on a sheet. */
export const sheetFinding = ({ sheet, vin }: BaseEcoc): Finding[] =>
  sheet === undefined
    ? []
    : [
        {
          ...{ code: 'BAS-005', layer: 'base', severity: 'info', path: '/' },
          message: `No base eCoC of ${vin} could be had: base data sheet ${sheet.id}, confirmed by ${sheet.confirmedBy}, stands in for it.`,
          params: { sheet: sheet.id, confirmedBy: sheet.confirmedBy, scan: sheet.scanSha256 ?? '' },
        },
      ]
