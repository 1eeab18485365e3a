import type { IviNode, IviTree } from '../../contract/ivi-tree.ts'
import { type DraftNode, draftOf } from '../draft.ts'
import type { Element } from '../elements.ts'
import { nodeAt } from '../target.ts'
import type { Compiling } from './source.ts'

/** Compiles the reading of one element of another tree of the document's shape into the draft. */
export const makeTreeReader = (
  text: string,
  element: Element,
  compiling: Compiling,
  source: string,
): ((tree: IviTree) => DraftNode | undefined) => {
  const from = compiling.target(text, undefined, [...compiling.path, source])
  if (from.steps.some((s) => s.index === '*'))
    compiling.fail('MAP-006', `${text} names every row; one row is needed.`, 'Write the number of the row.')
  if ((from.element.group || element.group) && from.element.name !== element.name)
    compiling.fail(
      'MAP-009',
      `${text} and ${element.name} are not of one shape.`,
      'Groups can only be taken from the same group.',
    )
  return (tree) => {
    const node = nodeAt<IviNode>(tree, from)
    if (node === undefined) return undefined
    if (!element.group) return typeof node === 'string' ? draftOf(node, source) : undefined
    return typeof node === 'string' ? undefined : draftOf(node, source)
  }
}
