/**
 * The content of an IVI document as plain data, keyed by IVI element name.
 * Leaf → string exactly as it will stand in the XML; single group → tree; repeated group → array of trees.
 * `{ Header: {…}, CocDataGroup: { Type: 'T', AxleTable: { AxleGroup: [ {…}, {…} ] } } }`.
 * Key order does not matter: the writer puts elements in the catalogue's order.
 */
export interface IviTree {
  [element: string]: IviNode
}
export type IviNode = string | IviTree | IviTree[]
