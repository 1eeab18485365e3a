import { isIgnored } from './is-ignored.ts'

/** Which files of a source are of interest, by their names. */
export interface NameFilter {
  /** A file to be taken. */
  readonly isWanted: (key: string) => boolean
  /** A name that must be listed: of a file to be taken, or of a ready marker. */
  readonly isListed: (key: string) => boolean
  /** The name of the marker that says that the file is whole; undefined where the source has no markers. */
  readonly markerOf: (key: string) => string | undefined
}

export interface NameRules {
  readonly include?: readonly string[] | undefined
  readonly ignore?: readonly string[] | undefined
  /** `{name}.done` or `{stem}.ok`. */
  readonly ready?: string | undefined
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** `*` is anything but `/`, `?` one of it. Case does not count: an export writes .CSV as gladly as .csv. */
const glob = (pattern: string): RegExp =>
  new RegExp(`^${Array.from(pattern, (c) => (c === '*' ? '[^/]*' : c === '?' ? '[^/]' : escaped(c))).join('')}$`, 'is')

const matches = (patterns: readonly string[]): ((key: string) => boolean) => {
  const all = patterns.map((pattern) => ({ whole: pattern.includes('/'), expression: glob(pattern) }))
  return (key) => {
    const name = key.slice(key.lastIndexOf('/') + 1)
    return all.some(({ whole, expression }) => expression.test(whole ? key : name))
  }
}

const fill = (ready: string, key: string): string => {
  const slash = key.lastIndexOf('/') + 1
  const [folder, name] = [key.slice(0, slash), key.slice(slash)]
  const dot = name.lastIndexOf('.')
  const stem = dot > 0 ? name.slice(0, dot) : name
  return `${folder}${ready.replaceAll('{name}', () => name).replaceAll('{stem}', () => stem)}`
}

/**
 * The names that a source's rules let in. Without a slash in it a pattern is about the name alone, otherwise about the
 * whole key. Our own answers, temporary and hidden files are never taken, whatever the rules say.
 */
export const nameFilter = ({ include = [], ignore = [], ready }: NameRules): NameFilter => {
  const [isIncluded, isLeftOut] = [matches(include), matches(ignore)]
  const isMarker = ready === undefined ? () => false : matches([ready.replace(/\{(name|stem)\}/g, '*')])
  const isWanted = (key: string): boolean =>
    !isIgnored(key) && !isMarker(key) && !isLeftOut(key) && (include.length === 0 || isIncluded(key))
  return {
    isWanted,
    isListed: (key) => isMarker(key) || isWanted(key),
    markerOf: (key) => (ready === undefined ? undefined : fill(ready, key)),
  }
}
