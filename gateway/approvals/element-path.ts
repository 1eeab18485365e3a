import { didYouMean } from '../mapping/did-you-mean.ts'
import { type Element, elementNames, findTargetElement } from '../mapping/elements.ts'

/** The place of one value: the element, and every step from below the root with its 0-based row where it repeats. */
export interface ElementPlace {
  readonly element: Element
  readonly steps: readonly { readonly name: string; readonly row?: number }[]
}

const form = /^([A-Za-z][A-Za-z0-9]{0,99})(?:\[([1-9]\d?)\])?$/

/**
 * Reads a column name: an element (`Width`), or a path with the rows of tables counted from 1
 * (`AxleGroup[2]/TechnicallyPermissibleMassAxle`). Steps that do not repeat may be left out.
 * @returns what is wrong with it, as text, when it is no place of a value
 */
export const readElementPath = (path: string): ElementPlace | string => {
  const parts = path
    .trim()
    .split('/')
    .filter((part) => part !== '' && part !== 'InitialVehicleInformation')
  const named: { readonly name: string; readonly row: number | undefined }[] = []
  for (const part of parts) {
    const [, name, row] = form.exec(part.trim()) ?? []
    if (name === undefined) return `"${path.slice(0, 100)}" is no element and no path such as AxleGroup[1]/AxleTrack.`
    named.push({ name, row: row === undefined ? undefined : Number(row) - 1 })
  }
  const last = named.at(-1)
  const element = last && findTargetElement(last.name)
  if (!element) {
    const name = last?.name ?? path
    return `"${name.slice(0, 100)}" is no element of IVI 2.0.${didYouMean(name, elementNames())}`
  }
  if (element.group) return `${element.name} is a group; name the element in it that the value is for.`
  let next = 0
  const steps = element.steps.map(({ name, repeats }) => {
    const given = named[next]?.name === name ? named[next++] : undefined
    return { name, repeats, row: given?.row }
  })
  if (next < named.length)
    return `${named[next]?.name ?? ''} does not lead to ${element.name}; it stands at ${steps.map((s) => s.name).join('/')}.`
  const unclear = steps.find((s) => s.repeats && s.row === undefined)
  if (unclear) return `${element.name} stands in a table; say in which row, such as ${unclear.name}[1]/${element.name}.`
  const odd = steps.find((s) => !s.repeats && s.row !== undefined)
  if (odd) return `${odd.name} does not repeat; leave the number away.`
  return { element, steps: steps.map(({ name, row }) => (row === undefined ? { name } : { name, row })) }
}

type Group = Record<string, unknown>

/**
 * Puts a value at its place in a tree that is made on the way; rows that nothing was said of stay empty places.
 * @returns false when something stands there already
 */
export const putValue = (root: Group, { element, steps }: ElementPlace, value: string): boolean => {
  let at = root
  for (const { name, row } of steps.slice(0, -1)) {
    if (row === undefined) at = (at[name] ??= {}) as Group
    else {
      const rows = (at[name] ??= []) as (Group | undefined)[]
      at = rows[row] ??= {}
    }
  }
  if (at[element.name] !== undefined) return false
  at[element.name] = value
  return true
}
