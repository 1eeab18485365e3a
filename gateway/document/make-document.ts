import type { IviDocument, Stamps } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { type Catalogue, ivi20 } from '../ivi/catalogue.ts'
import { writeDocument } from '../ivi/write-document.ts'
import { sha256 } from '../support/hash.ts'
import { changeStamped } from './stamps.ts'

export { placeholderStamps } from './stamps.ts'

const without = (group: IviTree, names: readonly string[]): IviTree =>
  Object.fromEntries(Object.entries(group).filter(([name]) => !names.includes(name)))

/**
 * The document without its stamps: canonical bytes and the hash a sign-off refers to. Stamps that the mapped tree may
 * carry (such as those of a base eCoC) are taken out, nothing else is changed and nothing is added.
 * Throws GatewayError IVI-001 to IVI-003 when the tree is no IVI document.
 */
export const makeDocument = (tree: IviTree, catalogue: Catalogue = ivi20): IviDocument => {
  const bare = changeStamped(
    tree,
    (header) => without(header, ['IviReferenceId', 'IviVersionDateTime']),
    (signer) => without(signer, ['SignatureDate']),
  )
  const bytes = writeDocument(bare, catalogue)
  return { tree: bare, bytes, sha256: sha256(bytes) }
}

/**
 * A copy of the tree with the stamps in the header and at every signer (IVI guideline, header). A document without a
 * signer gets none: the schema check reports that.
 */
export const stampDocument = (tree: IviTree, stamps: Stamps): IviTree =>
  changeStamped(
    tree,
    (header) => ({
      ...header,
      IviReferenceId: stamps.iviReferenceId,
      IviVersionDateTime: stamps.iviVersionDateTime,
    }),
    (signer) => ({ ...signer, SignatureDate: stamps.signatureDate }),
  )
