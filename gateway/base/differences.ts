import type { IviTree } from '../contract/ivi-tree.ts'
import { leavesOf } from '../ivi/get-value.ts'

/** A value that two base documents of one vehicle give differently; absent where one does not give it. */
export interface BaseDifference {
  readonly path: string
  readonly was?: string
  readonly is?: string
}

const most = 500

const valuesIn = (tree: IviTree): Map<string, string> =>
  new Map(
    [...leavesOf(tree)]
      // The header says which version of the document it is: that it is another one is known.
      .filter(({ path }) => !path.startsWith('/InitialVehicleInformation/Header/'))
      .map(({ path, value }) => [path, value]),
  )

/** What a corrected base eCoC, or the eCoC that came for a data sheet, says otherwise; at most 500 values. */
export const differencesOf = (was: IviTree, is: IviTree): BaseDifference[] => {
  const [before, after] = [valuesIn(was), valuesIn(is)]
  const found: BaseDifference[] = []
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(path), after.get(path)]
    if (a === b) continue
    found.push({ path, ...(a === undefined ? {} : { was: a }), ...(b === undefined ? {} : { is: b }) })
    if (found.length === most) break
  }
  return found
}
