import type { Catalogue, IviElement } from './catalogue.ts'
import type { CatalogueChange, CatalogueDiff } from './diff-catalogues.ts'

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Every change of an element, with the names from below the root down to it. */
const changesOf = (diff: CatalogueDiff): { change: CatalogueChange; names: readonly string[] }[] =>
  [...diff.added, ...diff.removed, ...diff.changed]
    .filter(({ path }) => path !== '/')
    .map((change) => ({ change, names: change.path.split('/').slice(2) }))

/** From below the root down to the element. */
const wayTo = (element: IviElement): IviElement[] => {
  const way: IviElement[] = []
  for (let at = element; at.parent; at = at.parent) way.unshift(at)
  return way
}

/**
 * The paths that a release changes among the elements somebody names, each once: a mapper its targets, a rule what it reads.
 * With `inside` a group that is named stands for all in it, as it does where a mapper writes its rows.
 */
export const touchedPaths = (
  names: ReadonlySet<string>,
  diff: CatalogueDiff,
  { inside }: { readonly inside: boolean },
): string[] => {
  const isTouched = (way: readonly string[]): boolean =>
    inside ? way.some((name) => names.has(name)) : names.has(way.at(-1) ?? '')
  return [...new Set(changesOf(diff).flatMap(({ change, names: way }) => (isTouched(way) ? [change.path] : [])))]
}

/**
 * The paths of new elements that every document must have which is made from these targets: all groups around them are
 * either required too, or written already.
 */
export const newlyRequired = (targets: ReadonlySet<string>, diff: CatalogueDiff, newer: Catalogue): string[] => {
  const written = new Set(
    [...targets].flatMap((target) => {
      const element = newer.elements.get(target)
      return element ? wayTo(element).map(({ name }) => name) : []
    }),
  )
  return diff.added.flatMap(({ path, what }) => {
    const element = what === 'element' ? newer.elements.get(nameOf(path)) : undefined
    if (!element || element.min === 0) return []
    const around = wayTo(element).slice(0, -1)
    return around.every(({ name, min }) => min > 0 || written.has(name)) ? [path] : []
  })
}
