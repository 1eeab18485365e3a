import type { IviNode, IviTree } from '../contract/ivi-tree.ts'

/** What is known of one document while its rules run; slots belong to `oncePerDocument`. */
interface DocumentMemory {
  root: Located | undefined
  readonly slots: unknown[]
}

/** A node of the document with the way back to the root; the path text is only made for a finding. */
export interface Located {
  readonly node: IviNode
  readonly name: string
  /** 1-based among its repeated siblings, 0 for a single element. */
  readonly index: number
  readonly parent: Located | undefined
  readonly memory: DocumentMemory
}

/** How many slots there are. */
let slots = 0

export const locateRoot = (tree: IviTree): Located => {
  // As long as it will be: an array that is filled with gaps becomes a slow one.
  const memory: DocumentMemory = { root: undefined, slots: new Array<unknown>(slots) }
  const root: Located = { node: tree, name: 'InitialVehicleInformation', index: 0, parent: undefined, memory }
  memory.root = root
  return root
}

export const pathOf = (at: Located): string =>
  `${at.parent === undefined ? '' : pathOf(at.parent)}/${at.name}${at.index === 0 ? '' : `[${at.index}]`}`

/** Text of a leaf; undefined for groups and for empty elements. */
export const textOf = (at: Located): string | undefined => {
  const text = typeof at.node === 'string' ? at.node.trim() : ''
  return text === '' ? undefined : text
}

const rootOf = (at: Located): Located => at.memory.root ?? at

/**
 * Remembers per document what does not depend on the row. Without it a rule that looks from each of n rows at a whole
 * table would take n² steps, and the number of rows is the sender's choice. It also lets rules share their look-ups.
 */
export const oncePerDocument = <T>(make: (root: Located) => T): ((scope: Located) => T) => {
  const slot = slots++
  return (scope) => {
    const known = scope.memory.slots[slot] as { readonly value: T } | undefined
    if (known !== undefined) return known.value
    const value = make(rootOf(scope))
    scope.memory.slots[slot] = { value }
    return value
  }
}

const none: readonly Located[] = []

/** Documents come from outside too: a shape that does not fit is no child, the schema check reports it. */
const children = (at: Located, name: string): readonly Located[] => {
  const { node, memory } = at
  if (typeof node === 'string' || Array.isArray(node) || !Object.hasOwn(node, name)) return none
  const child = node[name]
  if (child === undefined) return none
  if (!Array.isArray(child)) return [{ node: child, name, index: 0, parent: at, memory }]
  return child.map((row, i) => ({ node: row, name, index: i + 1, parent: at, memory }))
}

const goStep = (from: readonly Located[], step: string): readonly Located[] => {
  if (step === '..') return from.flatMap((at) => at.parent ?? [])
  const [only] = from
  if (only === undefined) return none
  return from.length === 1 ? children(only, step) : from.flatMap((at) => children(at, step))
}

export type Select = (scope: Located) => readonly Located[]

export const isAbsolute = (path: string): boolean => path.startsWith('/')

/** Absolute paths and their beginnings are compiled once for all rules, so that each is walked once per document. */
const absolutes = new Map<string, Select>([['', (scope) => [rootOf(scope)]]])

const compileAbsolute = (path: string): Select => {
  const known = absolutes.get(path)
  if (known !== undefined) return known
  const cut = path.lastIndexOf('/')
  const parent = compileAbsolute(path.slice(0, cut))
  const select = oncePerDocument((root) => goStep(parent(root), path.slice(cut + 1)))
  absolutes.set(path, select)
  return select
}

/** Compiles a path of the rule language to a function that finds all nodes there, rows in order. */
export const compilePath = (path: string): Select => {
  if (isAbsolute(path)) return compileAbsolute(path)
  const steps = path.split('/')
  return (scope) => {
    let found: readonly Located[] = [scope]
    for (const step of steps) found = goStep(found, step)
    return found
  }
}

/** The path text of an element that may be missing: as far as it exists, then the names. */
export const pathTo = (scope: Located, path: string): string => {
  let at = isAbsolute(path) ? rootOf(scope) : scope
  const steps = path.split('/').filter((step) => step !== '')
  for (const [i, step] of steps.entries()) {
    const [next] = goStep([at], step)
    if (next === undefined) return [pathOf(at), ...steps.slice(i)].join('/')
    at = next
  }
  return pathOf(at)
}
