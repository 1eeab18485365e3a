import { z } from 'zod'
import { compareDocuments, ofTheVersion } from '../../compare/compare-documents.ts'
import { type EcocId, type IviTree, states, type VehicleModel } from '../../contract/index.ts'
import { itemNumberOf, labelOf, type Language, type Stage } from '../../ivi/coc/coc.ts'
import { valueAt } from '../../ivi/get-value.ts'
import { readDocument } from '../../ivi/read-document.ts'
import type { Store } from '../../store/store.ts'
import type { HttpDeps } from '../deps.ts'
import type { EcocRow } from '../../store/tables.ts'

const text = z.string().nullable()

export const versionList = z.strictObject({
  versions: z.array(
    z.strictObject({
      id: z.string(),
      version: z.number().int(),
      state: z.enum(states),
      iviReferenceId: text,
      signedSha256: text,
      proposalOf: text.describe('Set where it is a proposed correction of another one'),
      replaces: text.describe('The version that it takes the place of once it is accepted'),
      createdAt: z.string(),
      updatedAt: z.string(),
    }),
  ),
})
export type VersionList = z.infer<typeof versionList>

/** Every version of the eCoC, oldest first. */
export const readVersions = async (store: Store, ecoc: EcocRow): Promise<VersionList> => ({
  versions: (await store.ecocs.versionsOf(ecoc)).map((row) => ({
    id: row.id,
    version: row.version,
    state: row.state,
    iviReferenceId: row.ivi_reference_id,
    signedSha256: row.signed_sha256,
    proposalOf: row.proposal_of,
    replaces: row.replaces,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })),
})

export const differenceList = z.strictObject({
  from: z.string().describe('The eCoC that it is compared with'),
  to: z.string(),
  differences: z.array(
    z.strictObject({
      path: z.string(),
      element: z.string(),
      item: text.describe('Number of the CoC item'),
      label: z.string(),
      was: text,
      is: text,
    }),
  ),
})
export type DifferenceList = z.infer<typeof differenceList>

/** What is needed to read a stored document. */
type Reads = Pick<HttpDeps, 'store' | 'catalogueOf'>

/** What was signed; before that, what was mapped. */
const treeOf = async ({ store, catalogueOf }: Reads, id: EcocId): Promise<IviTree> => {
  const signed = await store.contents.get(id, 'signed')
  if (signed) return readDocument(signed.bytes, { catalogue: catalogueOf(signed.bytes) }).tree
  const model = await store.contents.get(id, 'model')
  return model ? (JSON.parse(model.bytes.toString()) as VehicleModel).tree : {}
}

/** Field by field what a version changed. */
export const readDifferences = async (
  reads: Reads,
  from: EcocId,
  to: EcocId,
  language: Language,
): Promise<DifferenceList> => {
  const [before, after] = [await treeOf(reads, from), await treeOf(reads, to)]
  const category = valueAt(after, 'VehicleCategory') ?? ''
  const stage = (valueAt(after, 'StageOfCompletion') ?? 'C') as Stage
  const differences = compareDocuments(after, before, { ignore: ofTheVersion }).map((d) => ({
    path: d.path,
    element: d.element,
    item: itemNumberOf(d.element, category, stage) ?? null,
    label: labelOf(d.element, language),
    was: d.theirs ?? null,
    is: d.ours ?? null,
  }))
  return { from, to, differences }
}
