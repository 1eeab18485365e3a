import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { toMicro } from '../support/decimal.ts'
import { refuse } from './drift-finding.ts'
import { type Mass, permissibleMasses } from './permissible-masses.ts'

const article = '2021/535 Annex XIII Part 2 A 4.3'

interface InService {
  /** Key of the technical mass that it must not be above, as in `permissibleMasses`. */
  readonly key: string
  readonly item: string
  readonly path: string
  readonly text: string
}

const ofVehicle = (tree: IviTree): InService[] =>
  rowsOf(tree, 'InServiceMaximumMassGroup').flatMap((row, i) => {
    const at = `${elementOf('InServiceMaximumMassGroup').path}[${i + 1}]`
    const one = (key: string, item: string, element: string): InService[] => {
      const text = valueAt(row, element)
      return text === undefined ? [] : [{ key, item, path: `${at}/${element}`, text }]
    }
    return [
      ...one('16.1', '17.1', 'InServiceMaximumPermissibleLadenMass'),
      ...one('16.4', '17.4', 'InServiceMaximumPermissibleMassCombination'),
    ]
  })

const ofRows = (
  tree: IviTree,
  names: { outer: string; number: string; inner: string; mass: string },
  items: readonly [technical: string, inService: string],
): InService[] =>
  rowsOf(tree, names.outer).flatMap((row, i) =>
    rowsOf(row, names.inner).flatMap((inner, j) => {
      const text = valueAt(inner, names.mass)
      if (text === undefined) return []
      const key = `${items[0]} ${valueAt(row, names.number) ?? '-'}`
      const table = elementOf(names.inner).parent?.name ?? ''
      const path = `${elementOf(names.outer).path}[${i + 1}]/${table}/${names.inner}[${j + 1}]/${names.mass}`
      return [{ key, item: items[1], path, text }]
    }),
  )

const axles = {
  outer: 'AxleGroup',
  number: 'AxleNumber',
  inner: 'InServiceMaximumPermissibleLadenMassAxleGroup',
  mass: 'InServiceMaximumPermissibleLadenMassAxle',
}
const groups = {
  outer: 'AxleGroupGroup',
  number: 'AxleGroupNumber',
  inner: 'InServiceMaximumPermissibleLadenMassAxleGroupGroup',
  mass: 'InServiceMaximumPermissibleAxleGroupLadenMass',
}

/** The highest technical mass of that item: a combination mass (16.4) may have a row for each kind of trailer. */
const highest = (masses: ReadonlyMap<string, Mass>, key: string): Mass | undefined => {
  const found = [...masses].filter(([name]) => name === key || (key === '16.4' && name.startsWith('16.4 ')))
  return found.map(([, mass]) => mass).sort((a, b) => b.micro - a.micro)[0]
}

/** Masses in service (17.1 to 17.4) that are not above the technical ones (16.1 to 16.4); what is not given is the base's. */
export const keepInServiceMasses = (tree: IviTree, base: IviTree | undefined): Finding[] => {
  const ours = permissibleMasses(tree)
  const theirs = base === undefined ? undefined : permissibleMasses(base)
  const all = [...ofVehicle(tree), ...ofRows(tree, axles, ['16.2', '17.2']), ...ofRows(tree, groups, ['16.3', '17.3'])]
  return all.flatMap(({ key, item, path, text }) => {
    const limit = highest(ours, key) ?? (theirs && highest(theirs, key))
    const micro = toMicro(text)
    if (limit === undefined || micro === undefined || micro <= limit.micro) return []
    const message = `The mass in service (${item}) is ${text} kg, above the ${limit.words} of ${limit.text} kg.`
    return [refuse('DRF-LEGAL-003', path, message, { measured: text, limit: limit.text, article })]
  })
}
