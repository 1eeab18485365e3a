import type { FormScope, Stage } from './coc-item.ts'

/** The forms as the tables name them. */
export const formWords: readonly (readonly [Stage, string])[] = [
  ['C', 'complete'],
  ['V', 'completed'],
  ['I', 'incomplete'],
]

/** Words of a cell, however they are set apart. */
export const wordsOf = (cell: string): string[] => cell.split(/[ ,;]+/).filter((word) => word !== '')

/** What may follow a listed category: off-road and special purpose, sub-categories, speed index. */
const subcategory = /^(?:G?S?|-.+|[1-4].*|[ab]|\.[1-3][ab]?)$/

/**
 * Whether a category is the listed one or a sub-category of it: `N2` lists `N2GS`, `L3e` lists `L3e-A1E`, `T` lists
 * `T4.1a`. A performance class does not list its enduro and trial kinds: `L3e-A2` is not `L3e-A2E` (168/2013 Annex I).
 */
export const isListedAs = (listed: string, category: string): boolean =>
  category.startsWith(listed) && subcategory.test(category.slice(listed.length))

/** Reads `M1 N1 incomplete`: categories and forms in any order; nothing means every form. */
export const parseScope = (cell: string): FormScope => {
  const words = wordsOf(cell)
  const stages = formWords.filter(([, form]) => words.includes(form)).map(([stage]) => stage)
  return { stages, categories: words.filter((word) => !formWords.some(([, form]) => form === word)) }
}

export const inScope = ({ categories, stages }: FormScope, category: string, stage: Stage): boolean =>
  (stages.length === 0 || stages.includes(stage)) &&
  (categories.length === 0 || categories.some((listed) => isListedAs(listed, category)))
