import { readFileSync } from 'node:fs'
import type { IviElement } from '../ivi/catalogue.ts'
import type { Language, Texts } from '../ivi/coc/coc.ts'
import { labelOf } from '../ivi/coc/coc.ts'
import { formatValue } from './format-value.ts'
import type { RowStep } from './walk-leaves.ts'

/** By which of its leaves a row is known, and what it is called then: `Axle 2`. */
interface RowName {
  readonly by: readonly string[]
  readonly word?: Texts
}

const known = JSON.parse(readFileSync(new URL('row-names.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, RowName>
>

/** The leaves of a row that tell it from its neighbours; empty where only its place does. */
export const namingLeaves = (group: IviElement): readonly IviElement[] => {
  const own = known[group.name]?.by
  if (own) return group.children.filter((child) => own.includes(child.name))
  return group.children.filter((child) => child.leaf && child.name.endsWith('Number')).slice(0, 1)
}

/** The head of the column in which the rows of a group are named. */
export const rowWord = (group: IviElement, language: Language): string => {
  const [first] = namingLeaves(group)
  return known[group.name]?.word?.[language] ?? (first ? labelOf(first.name, language) : labelOf(group.name, language))
}

/** What a row is called among its neighbours, and the paths of the leaves that say so: `2`, `95 – electricity`. */
export const nameRow = (step: RowStep, language: Language): { readonly text: string; readonly paths: string[] } => {
  const texts: string[] = []
  const paths: string[] = []
  for (const leaf of namingLeaves(step.group)) {
    const value = Object.hasOwn(step.node, leaf.name) ? step.node[leaf.name] : undefined
    if (typeof value !== 'string') continue
    texts.push(formatValue(leaf, value, language))
    paths.push(`${step.path}/${leaf.name}`)
  }
  return { text: texts.length > 0 ? texts.join(', ') : `#${step.index}`, paths }
}

/** The same with its word, for running text: `Axle 2`; a code with its meaning needs none. */
export const nameRowInFull = (step: RowStep, language: Language): string => {
  const { text, paths } = nameRow(step, language)
  return known[step.group.name]?.word || paths.length === 0 ? `${rowWord(step.group, language)} ${text}` : text
}
