import type { IviNode, IviTree } from '../contract/ivi-tree.ts'

/** What of a document decides who signs it. */
export interface DocumentFacts {
  /** Document profile. */
  readonly market: string
  /** Type-approval number, as in the document. */
  readonly approval: string | undefined
  /** Manufacturer of the stage that is certified: the last one that the document lists. */
  readonly manufacturer: string | undefined
  readonly representative: string | undefined
  /** C, I or V. */
  readonly stage: string | undefined
  readonly accessPoint: string
  readonly environment: string
  /** Persons that the document names as signing for it. */
  readonly signatories: readonly { readonly name: string; readonly position: string; readonly place: string }[]
}

const group = (node: IviNode | undefined): IviTree =>
  node !== undefined && typeof node !== 'string' && !Array.isArray(node) ? node : {}
const rows = (node: IviNode | undefined): readonly IviTree[] => (Array.isArray(node) ? node : [])
const value = (node: IviNode | undefined): string | undefined => (typeof node === 'string' ? node : undefined)

/** Reads the facts from a document's content and its target. */
export const documentFacts = (
  tree: IviTree,
  target: { readonly profile: string; readonly accessPoint: string; readonly environment: string },
): DocumentFacts => {
  const coc = group(tree['CocDataGroup'])
  const makers = rows(group(coc['ManufacturerTable'])['ManufacturerGroup'])
  const stageOf = (maker: IviTree): number => Number(value(maker['ManufacturerStageNumber']) ?? 0)
  const last = [...makers].sort((a, b) => stageOf(b) - stageOf(a))[0]
  return {
    market: target.profile,
    accessPoint: target.accessPoint,
    environment: target.environment,
    approval: value(coc['TypeApprovalNumber']),
    manufacturer: value(last?.['ManufacturerName']),
    representative: value(group(coc['EURepresentativeGroup'])['EURepresentativeName']),
    stage: value(coc['StageOfCompletion']),
    signatories: rows(group(coc['SigningAuthorityTable'])['SigningAuthorityGroup']).map((row) => ({
      name: value(row['SignerName']) ?? '',
      position: value(row['SignerPosition']) ?? '',
      place: value(row['SignatureLocation']) ?? '',
    })),
  }
}
