import { readFileSync } from 'node:fs'
import type { IviTree } from '../contract/ivi-tree.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { toMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'

/** What a category must be able to carry, as a row of payload.tsv says it; kg. */
export interface PayloadRule {
  readonly categories: readonly string[]
  /** SpecialPurposeDesignation it is for; empty for all others. */
  readonly special: string
  readonly personKg: number
  /** Pay-mass beyond the people, for each person with the driver, and for each metre of length. */
  readonly perPersonKg: number
  readonly perMetreKg: number
  /** Whether the static mass on a fitted coupling (19) counts too. */
  readonly withCoupling: boolean
  readonly article: string
}

const [, ...lines] = readFileSync(new URL('payload.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')

/** The least that vehicles must carry, by category; docs/drift.md prints it. */
export const payloadRules: readonly PayloadRule[] = lines.map((line) => {
  const [categories = '', special = '', person, perPerson, perMetre, coupling, article = ''] = line.split('\t')
  return {
    categories: categories.split(' '),
    special,
    personKg: Number(person),
    perPersonKg: Number(perPerson),
    perMetreKg: Number(perMetre),
    withCoupling: coupling === 'yes',
    article,
  }
})

/** What must fit between actual mass (13.2) and laden mass (16.1), in millionths of a kilogram, and what it is made of. */
export interface Payload {
  readonly micro: number
  readonly passengers: number
  readonly article: string
}

const kg = 1_000_000

const staticMass = (tree: IviTree): number => {
  if (rowsOf(tree, 'MechanicalCouplingGroup').length === 0) return 0
  const masses = rowsOf(tree, 'MaximumStaticVerticalMassCouplingPointGroup').map(
    (row) => toMicro(valueAt(row, 'TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint') ?? '') ?? 0,
  )
  return Math.max(0, ...masses)
}

/** The least payload of a vehicle; undefined for categories without people, and where seats are not given. */
export const leastPayload = (tree: IviTree, category: string): Payload | undefined => {
  const special = valueAt(tree, 'SpecialPurposeDesignation') ?? ''
  const ofCategory = payloadRules.filter(({ categories }) => categories.includes(category))
  const rule = ofCategory.find((one) => one.special === special) ?? ofCategory.find((one) => one.special === '')
  const seats = microAt(tree, 'NumberOfSeatingPositionsIncludingDriver')
  if (rule === undefined || seats === undefined) return undefined
  const people = seats / kg
  const passengers = Math.max(0, people - 1) + (microAt(tree, 'NumberOfStandingPlaces') ?? 0) / kg
  // mm in millionths of a millimetre: a thousandth of it is the same number of metres in millionths.
  const metres = (microAt(tree, 'Length') ?? 0) / 1000
  const beyond = people * rule.perPersonKg * kg + Math.floor(metres * rule.perMetreKg)
  const coupling = rule.withCoupling ? staticMass(tree) : 0
  return { micro: passengers * rule.personKg * kg + beyond + coupling, passengers, article: rule.article }
}
