import { z } from 'zod'
import { mergeStages } from '../../base/merge-stages.ts'
import { stageOf } from '../../base/check-pairing.ts'
import { itemNumberOf, labelOf, type Language } from '../../ivi/coc/coc.ts'
import { leavesOf, valueAt } from '../../ivi/get-value.ts'
import { readDocument } from '../../ivi/read-document.ts'
import type { EcocRow } from '../../store/tables.ts'
import type { HttpDeps } from '../deps.ts'

export const mergedView = z.strictObject({
  stages: z
    .array(z.strictObject({ place: z.number().int(), sha256: z.string(), own: z.boolean() }))
    .describe('The documents that were laid over each other, the first stage first'),
  rows: z.array(
    z.strictObject({
      path: z.string(),
      element: z.string(),
      item: z.string().nullable(),
      label: z.string(),
      value: z.string(),
      from: z.number().int().describe('Place of the document that the value stands in'),
    }),
  ),
  warnings: z.array(z.looseObject({ code: z.string(), path: z.string(), message: z.string() })),
})
export type MergedView = z.infer<typeof mergedView>

const withoutIndexes = (path: string): string => path.replace(/\[\d+\]/g, '')

/** Where a value comes from: its own place, or that of the nearest table around it, which is replaced in full. */
const placeOf = (path: string, origin: Readonly<Record<string, number>>): number => {
  for (let at = withoutIndexes(path); at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = origin[at]
    if (place !== undefined) return place
  }
  return 0
}

/**
 * The vehicle as a registrar would see it when this eCoC is accepted: every earlier stage that is known, and its own document on top.
 * Where it has no document yet there are no stages.
 */
export const readMerged = async (
  { store, catalogueOf }: Pick<HttpDeps, 'store' | 'catalogueOf'>,
  ecoc: EcocRow,
  language: Language,
): Promise<MergedView> => {
  const [signed, document, unstamped, base, kept] = await Promise.all([
    store.contents.get(ecoc.id, 'signed'),
    store.contents.get(ecoc.id, 'document'),
    store.contents.get(ecoc.id, 'unstamped'),
    store.contents.get(ecoc.id, 'base'),
    store.bases.ofVehicle(ecoc.vin),
  ])
  const own = signed ?? document ?? unstamped
  if (!own) return { stages: [], rows: [], warnings: [] }
  const read = (bytes: Buffer) => readDocument(bytes, { catalogue: catalogueOf(bytes) }).tree
  const baseTree = base && read(base.bytes)
  // What the base itself was built on: the stages below it, as they are kept.
  const below = baseTree ? kept.filter(({ stage }) => stage < stageOf(baseTree)).reverse() : []
  const documents = [...below, ...(base ? [base] : []), own]
  const catalogue = catalogueOf(own.bytes)
  const { tree, origin, warnings } = mergeStages(
    documents.map(({ bytes }) => read(bytes)),
    catalogue,
  )
  const category = valueAt(tree, 'VehicleCategory', catalogue) ?? ''
  const stage = valueAt(tree, 'StageOfCompletion', catalogue)
  const form = stage === 'I' || stage === 'C' ? stage : 'V'
  return {
    stages: documents.map((d, i) => ({ place: i + 1, sha256: d.sha256, own: d === own })),
    rows: [...leavesOf(tree, catalogue)].map(({ path, element: { name }, value }) => ({
      ...{ path, element: name, item: itemNumberOf(name, category, form) ?? null, label: labelOf(name, language) },
      ...{ value, from: placeOf(path, origin) },
    })),
    warnings: warnings.map((w) => ({ ...w })),
  }
}
