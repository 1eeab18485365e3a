import type { IviTree } from '../contract/ivi-tree.ts'
import { Cell, type DraftGroup, draftGroupOf, isGroup } from './draft.ts'
import type { Elements } from './elements.ts'

/** Drawn just before signing or set by the engine: never taken over from another document (IVI user manual, header). */
export const ownElements: ReadonlySet<string> = new Set([
  'IviReferenceId',
  'IviVersionDateTime',
  'SignatureDate',
  'IviVersionNumberXsd',
  'IviVersionNumber',
])

type Choice = 'whole' | 'into' | 'no'
export interface TakeRule {
  readonly choose: (name: string) => Choice
  /** Repeated group → the element whose value tells its rows apart. */
  readonly rowKeys: ReadonlyMap<string, string>
}

/** Takes everything but the named elements, wherever they stand. */
export const takeExcept = (
  except: readonly string[],
  rowKeys: ReadonlyMap<string, string>,
  elements: Elements,
): TakeRule => {
  const not = new Set([...except, ...ownElements])
  return { choose: (name) => (not.has(name) || !elements.find(name) ? 'no' : 'into'), rowKeys }
}

/** Takes the named elements with all that is in them, and nothing else. */
export const takeOnly = (
  only: readonly string[],
  rowKeys: ReadonlyMap<string, string>,
  elements: Elements,
): TakeRule => {
  const wanted = new Set(only)
  const onTheWay = new Set(only.flatMap((name) => elements.find(name)?.steps.map((s) => s.name) ?? []))
  const choose = (name: string): Choice =>
    ownElements.has(name) ? 'no' : wanted.has(name) ? 'whole' : onTheWay.has(name) ? 'into' : 'no'
  return { choose, rowKeys }
}

/**
 * Lays a tree over the draft: values replace values, groups merge, a repeated group replaces the whole table
 * (a table that is touched is repeated in full, IVI set-up manual) unless its rows have a key and merge one by one.
 */
export const takeOver = (into: DraftGroup, from: IviTree, source: string, rule: TakeRule, whole = false): void => {
  for (const name in from) {
    const choice = whole && !ownElements.has(name) ? 'whole' : rule.choose(name)
    const node = from[name]
    if (choice === 'no' || node === undefined) continue
    if (typeof node === 'string') {
      into[name] = new Cell(node, source)
    } else if (Array.isArray(node)) {
      const key = rule.rowKeys.get(name)
      const there = into[name]
      const rows = key !== undefined && Array.isArray(there) ? there : []
      for (const row of node) {
        const twin = key === undefined ? undefined : rows.find((r) => keyOf(r, key) === row[key])
        const target = twin ?? {}
        takeOver(target, row, source, rule, choice === 'whole')
        if (!twin) rows.push(target)
      }
      into[name] = rows
    } else {
      const there = into[name]
      const target = isGroup(there) ? there : draftGroupOf({}, source)
      takeOver(target, node, source, rule, choice === 'whole')
      into[name] = target
    }
  }
}

const keyOf = (row: DraftGroup, key: string): string | undefined => {
  const cell = row[key]
  return cell instanceof Cell ? cell.value : undefined
}
