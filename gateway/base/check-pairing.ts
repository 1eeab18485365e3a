import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'

type Params = Readonly<Record<string, string | number>>

const pathOf = (element: string): string => elementOf(element).path
const finding = (
  severity: Finding['severity'],
  code: string,
  path: string,
  message: string,
  params: Params,
): Finding => ({ code, layer: 'base', severity, path, message, params })

/** The number of the stage that made a document: that of its last manufacturer. */
export const stageOf = (tree: IviTree): number => {
  const numbers = rowsOf(tree, 'ManufacturerGroup').map((row) => Number(row['ManufacturerStageNumber'] ?? 1))
  return Math.max(1, ...numbers)
}

/** 2018/858 Article 3(20) to (22): I→I, I→V, C→V; a completed vehicle that is altered once more is for a person. */
const followers: Readonly<Record<string, string>> = { I: 'IV', C: 'V', V: 'V' }

const compareCompletion = (ours: IviTree, base: IviTree): Finding[] => {
  const [is, was] = [valueAt(ours, 'StageOfCompletion') ?? '', valueAt(base, 'StageOfCompletion') ?? '']
  const path = pathOf('StageOfCompletion')
  const params = { measured: is, base: was, article: '2018/858 Article 3(20) to (22)' }
  if (is === '' || was === '' || !followers[was]?.includes(is)) {
    const message = `A vehicle of completion ${is || '?'} cannot be built on one of completion ${was || '?'}. Incomplete (I) goes to I or V, complete (C) to V.`
    return [finding('error', 'BAS-PAIR-006', path, message, params)]
  }
  if (was !== 'V') return []
  const message = 'The base vehicle is completed already (V), and this stage alters it. A person must confirm it.'
  return [finding('warning', 'BAS-PAIR-007', path, message, params)]
}

const compareStage = (ours: IviTree, base: IviTree): Finding[] => {
  const [is, was] = [stageOf(ours), stageOf(base)]
  if (is === was + 1) return []
  const message = `The document is stage ${is}, its base eCoC stage ${was}. The stage directly before is needed.`
  const params = { measured: is, base: was, expected: was + 1, article: '2018/858 Annex IX 4' }
  return [finding('error', 'BAS-PAIR-002', `${pathOf('ManufacturerGroup')}/ManufacturerStageNumber`, message, params)]
}

const named = ['TypeApprovalNumber', 'Type', 'Variant', 'Version'] as const
/** Without its extension: `e4*2018/858*99001*00` is `e4*2018/858*99001`. */
const withoutExtension = (number: string): string => number.replace(/\*\d{2}$/, '')

/** The block of the previous stage repeats the base's approval number with its extension, byte for byte (Annex IX 3.3). */
const compareApproval = (ours: IviTree, base: IviTree): Finding[] => {
  const rows = rowsOf(ours, 'ManufacturerGroup')
  const last = rows.at(-1)
  return named.flatMap((name) => {
    const stated = last && valueAt(last, `PreviousStage${name}`)
    const theirs = valueAt(base, name)
    if (theirs === undefined || stated === theirs) return []
    const path = `${pathOf('ManufacturerGroup')}[${Math.max(1, rows.length)}]/PreviousStage${name}`
    const params = { measured: stated ?? '', base: theirs, expected: theirs, article: '2018/858 Annex IX 3.3' }
    if (
      name === 'TypeApprovalNumber' &&
      stated !== undefined &&
      withoutExtension(stated) === withoutExtension(theirs)
    ) {
      const message = `The document names extension ${stated.slice(-2)} of the base's approval, the base eCoC has ${theirs.slice(-2)} (${theirs}).`
      return [finding('error', 'BAS-PAIR-003', path, message, params)]
    }
    const message = `PreviousStage${name} says ${stated ?? 'nothing'}, the base eCoC says ${theirs}.`
    return [finding('error', 'BAS-PAIR-004', path, message, params)]
  })
}

const ofRow = ['ManufacturerStageNumber', 'ManufacturerName', ...named.map((name) => `PreviousStage${name}`)]

/** Every earlier manufacturer stands in the document as it stood in the base: nobody drops out of a chain. */
const compareEarlierMakers = (ours: IviTree, base: IviTree): Finding[] => {
  const rows = rowsOf(ours, 'ManufacturerGroup')
  return rowsOf(base, 'ManufacturerGroup').flatMap((row, i) => {
    const here = rows[i]
    const wrong = ofRow.find((name) => valueAt(row, name) !== (here && valueAt(here, name)))
    if (wrong === undefined) return []
    const [is, was] = [(here && valueAt(here, wrong)) ?? '', valueAt(row, wrong) ?? '']
    const path = `${pathOf('ManufacturerGroup')}[${i + 1}]/${wrong}`
    const message = `Stage ${i + 1} stands otherwise in the document than in the base eCoC: ${wrong} is "${is}", not "${was}". Repeat the earlier stages as they are.`
    const params = { measured: is, base: was, expected: was, article: '2018/858 Annex IX 3.3' }
    return [finding('error', 'BAS-PAIR-005', path, message, params)]
  })
}

/**
 * Whether a base eCoC is that of the stage directly before a document: same VIN, one stage less, named with approval,
 * extension, type, variant and version, and every earlier stage repeated. Empty when it fits.
 */
export const checkPairing = (ours: IviTree, base: IviTree): Finding[] => {
  const [vin, theirs] = [valueAt(ours, 'VehicleIdentificationNumber'), valueAt(base, 'VehicleIdentificationNumber')]
  if (vin !== theirs || vin === undefined) {
    const message = `The vehicle is ${vin ?? 'without VIN'}, but the base eCoC is about ${theirs ?? 'none'}. Find the base eCoC of this VIN.`
    const params = { measured: vin ?? '', base: theirs ?? '', article: '2018/858 Annex IX 4' }
    // Of another vehicle: whatever else differs is no news.
    return [finding('error', 'BAS-PAIR-001', pathOf('VehicleIdentificationNumber'), message, params)]
  }
  return [
    ...compareStage(ours, base),
    ...compareCompletion(ours, base),
    ...compareApproval(ours, base),
    ...compareEarlierMakers(ours, base),
  ]
}
