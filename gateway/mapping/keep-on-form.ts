import { requirementOf, type Stage } from '../ivi/coc/coc.ts'
import { Cell, type DraftGroup, type DraftNode, isGroup } from './draft.ts'

const textOf = (group: DraftNode | undefined, name: string): string => {
  const cell = isGroup(group) ? group[name] : undefined
  return cell instanceof Cell ? cell.value : ''
}

const dropFrom = (group: DraftGroup, isOff: (name: string) => boolean, off: boolean): void => {
  for (const name in group) {
    const node = group[name]
    const gone = off || isOff(name)
    if (node instanceof Cell) {
      if (gone && node.source === 'base') Reflect.deleteProperty(group, name)
    } else if (Array.isArray(node)) for (const row of node) dropFrom(row, isOff, gone)
    else if (node !== undefined) dropFrom(node, isOff, gone)
  }
}

/**
 * Takes out of the draft what came over from the base eCoC and is not on the certificate of the category and stage that the
 * vehicle has now: what only an incomplete vehicle has, and what a new category does not know (official check M-22). What
 * the approval or the record says stays, so that a rule can refuse it. A table without its last value goes too.
 */
export const keepOnForm = (draft: DraftGroup): void => {
  const coc = draft['CocDataGroup']
  const [category, stage] = [textOf(coc, 'VehicleCategory'), textOf(coc, 'StageOfCompletion')]
  if (!isGroup(coc) || category === '' || !/^[ICV]$/.test(stage)) return
  dropFrom(coc, (name) => requirementOf(name, category, stage as Stage) === 'absent', false)
}
