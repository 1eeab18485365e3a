import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { toMicro } from '../support/decimal.ts'
import { axleValues } from './axle-values.ts'
import { refuse, signOff } from './drift-finding.ts'

/** A permissible mass of a document with its place. */
export interface Mass {
  readonly words: string
  /** The table it stands in; when the document leaves the table out, the base's stays in force. */
  readonly table: string
  readonly path: string
  readonly text: string
  readonly micro: number
}

const article = '2018/858 Annex IX 3.3'

const add = (masses: Map<string, Mass>, key: string, mass: Omit<Mass, 'text' | 'micro'>, text: string | undefined) => {
  const micro = toMicro(text ?? '')
  if (text !== undefined && micro !== undefined) masses.set(key, { ...mass, text, micro })
}

const addCombinationMasses = (masses: Map<string, Mass>, tree: IviTree): void => {
  const table = 'TowingBrakedTypeTrailTable'
  for (const [i, row] of rowsOf(tree, 'TowingBrakedTypeTrailGroup').entries()) {
    for (const [j, body] of rowsOf(row, 'BodyworkTypeGroup').entries()) {
      const kind = [
        valueAt(row, 'MechanicalCouplingNumberTowingMasses'),
        valueAt(row, 'BrakedTypeTrail'),
        valueAt(body, 'BodyworkTypeTrailer'),
      ].map((part) => part ?? '-')
      const path = `${elementOf(table).path}/TowingBrakedTypeTrailGroup[${i + 1}]/BodyworkTypeTable/BodyworkTypeGroup[${j + 1}]/TechnicallyPermissibleMaximumCombinationMass`
      const text = valueAt(body, 'TechnicallyPermissibleMaximumCombinationMass')
      add(masses, `16.4 ${kind.join('/')}`, { words: 'permissible mass of the combination (16.4)', table, path }, text)
    }
  }
}

/** All permissible masses 16.x of a document, by item and what they belong to. */
export const permissibleMasses = (tree: IviTree): ReadonlyMap<string, Mass> => {
  const masses = new Map<string, Mass>()
  const laden = elementOf('TechnicallyPermissibleMaximumLadenMass')
  const words = 'technically permissible maximum laden mass (16.1)'
  add(masses, '16.1', { words, table: laden.name, path: laden.path }, valueAt(tree, laden.name))
  for (const { axle, text, path } of axleValues(tree, 'TechnicallyPermissibleMassAxle').values()) {
    add(masses, `16.2 ${axle}`, { words: `limit of axle ${axle} (16.2)`, table: 'AxleTable', path }, text)
  }
  for (const [i, row] of rowsOf(tree, 'AxleGroupGroup').entries()) {
    const group = valueAt(row, 'AxleGroupNumber') ?? '-'
    const path = `${elementOf('AxleGroupGroup').path}[${i + 1}]/TechnicallyPermissibleMassAxleGroup`
    const words = `limit of axle group ${group} (16.3)`
    const text = valueAt(row, 'TechnicallyPermissibleMassAxleGroup')
    add(masses, `16.3 ${group}`, { words, table: 'AxleGroupTable', path }, text)
  }
  addCombinationMasses(masses, tree)
  return masses
}

const comparePair = (ours: Mass, base: Mass | undefined, carried: Mass | undefined): Finding[] => {
  const params = { measured: ours.text, base: base?.text, approved: carried?.text, tolerance: '0', article }
  const from = base === undefined ? 'the base eCoC does not state it' : `the base eCoC says ${base.text} kg`
  const what = `The ${ours.words} is ${ours.text} kg, ${from}`
  if (base !== undefined && ours.micro === base.micro) return []
  if (base !== undefined && ours.micro < base.micro)
    return [signOff('DRF-PERM-001', ours.path, `${what}: lower.`, params)]
  if (carried === undefined || ours.micro > carried.micro) {
    const message = `${what}, and the completing approval does not carry it. Only an approval can raise it.`
    return [refuse('DRF-PERM-003', ours.path, message, params)]
  }
  if (base === undefined) return []
  return [signOff('DRF-PERM-002', ours.path, `${what}: raised, as the completing approval carries it.`, params)]
}

/**
 * The permissible masses 16.1 to 16.4 against the base eCoC, tolerance zero: lower asks for a sign-off, higher too where
 * the completing approval carries it, else it is refused (2018/858 Annex IX).
 */
export const comparePermissibleMasses = (tree: IviTree, base: IviTree, approval: IviTree | undefined): Finding[] => {
  const ours = permissibleMasses(tree)
  const theirs = permissibleMasses(base)
  const carried = approval === undefined ? new Map<string, Mass>() : permissibleMasses(approval)
  const findings = [...ours].flatMap(([key, mass]) => comparePair(mass, theirs.get(key), carried.get(key)))
  // A table that is touched is repeated in full, so a row that it leaves out is given up (IVI set-up manual).
  for (const [key, mass] of theirs) {
    if (ours.has(key) || rowsOf(tree, mass.table).length === 0) continue
    const params = { base: mass.text, tolerance: '0', article }
    const message = `The ${mass.words}, ${mass.text} kg in the base eCoC, is not repeated in a table that is given.`
    findings.push(signOff('DRF-PERM-004', elementOf(mass.table).path, message, params))
  }
  return findings
}
