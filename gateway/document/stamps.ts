import type { Stamps } from '../contract/flow.ts'
import type { IviReferenceId } from '../contract/ids.ts'
import type { IviNode, IviTree } from '../contract/ivi-tree.ts'

/**
 * Stand-ins for checking a document before the real stamps are drawn. The days lie at the end of the calendar, so that
 * rules on the order of days never speak of them.
 */
export const placeholderStamps: Stamps = {
  iviReferenceId: '00000000-0000-4000-8000-000000000000' as IviReferenceId,
  iviVersionDateTime: '9999-12-31T00:00:00.000Z',
  signatureDate: '9999-12-31',
}

const isTree = (node: IviNode | undefined): node is IviTree =>
  node !== undefined && typeof node !== 'string' && !Array.isArray(node)

/** A copy with one group changed; what is not there is not made. */
const changeGroup = (tree: IviTree, name: string, change: (group: IviTree) => IviTree): IviTree => {
  const group = tree[name]
  return isTree(group) ? { ...tree, [name]: change(group) } : tree
}

const changeRows = (tree: IviTree, name: string, change: (row: IviTree) => IviTree): IviTree => {
  const rows = tree[name]
  return Array.isArray(rows) ? { ...tree, [name]: rows.map(change) } : tree
}

/** A copy whose header and signers are changed; everything else is shared with the given tree. */
export const changeStamped = (
  tree: IviTree,
  changeHeader: (header: IviTree) => IviTree,
  changeSigner: (signer: IviTree) => IviTree,
): IviTree =>
  changeGroup(changeGroup(tree, 'Header', changeHeader), 'CocDataGroup', (coc) =>
    changeGroup(coc, 'SigningAuthorityTable', (table) => changeRows(table, 'SigningAuthorityGroup', changeSigner)),
  )
