import type { IviTree } from '../contract/ivi-tree.ts'
import { valueAt } from '../ivi/get-value.ts'
import { toMicro } from '../support/decimal.ts'
import type { OwnLimit } from './drift-limits.ts'
import { type LawfulTolerance, lawfulTolerances } from './tolerance-table.ts'

/** What tolerances depend on. */
export interface DriftKind {
  /** `N2`; empty where the document does not say. */
  readonly category: string
  readonly isSpecialPurpose: boolean
}

/** The kind of a vehicle; a document that leaves its category out takes it from the base. */
export const driftKindOf = (tree: IviTree, base?: IviTree): DriftKind => ({
  category: valueAt(tree, 'VehicleCategory') ?? (base && valueAt(base, 'VehicleCategory')) ?? '',
  isSpecialPurpose: valueAt(tree, 'SpecialPurposeDesignation') !== undefined,
})

/** A tolerance in force, percentages in millionths of a percent. */
export interface Tolerance {
  readonly micro: number
  readonly text: string
  readonly article: string
  /** Beyond it nobody may sign off; undefined where the site sets no such limit. */
  readonly refuseMicro: number | undefined
}

const fits = (categories: readonly string[] | undefined, category: string): boolean =>
  categories?.some((beginning) => category.startsWith(beginning)) ?? true

const byField = Map.groupBy(lawfulTolerances, (row) => row.field)
const unknown: Omit<LawfulTolerance, 'field'> = {
  categories: [],
  vehicles: 'all',
  percent: '0',
  article: 'no tolerance is known for this category',
}

const lowest = (values: readonly (number | undefined)[]): number | undefined => {
  const given = values.filter((value) => value !== undefined)
  return given.length === 0 ? undefined : Math.min(...given)
}

/**
 * The tolerance of a field: what the law allows this kind of vehicle, or less where the site says so. Zero for a category
 * whose act names none: then every difference is for a person.
 */
export const toleranceFor = (field: string, kind: DriftKind, own: readonly OwnLimit[] = []): Tolerance => {
  const rows = (byField.get(field) ?? []).filter((row) => fits(row.categories, kind.category))
  const special = kind.isSpecialPurpose ? rows.find((row) => row.vehicles === 'special-purpose') : undefined
  const lawful = special ?? rows.find((row) => row.vehicles === 'all') ?? unknown
  const ours = own.filter((limit) => limit.field === field && fits(limit.categories, kind.category))
  const percent = Math.min(Number(lawful.percent), ...ours.map((limit) => limit.percent ?? 100))
  const refuse = lowest(ours.map((limit) => limit.refuseAbove))
  return {
    micro: toMicro(String(percent)) ?? 0,
    text: String(percent),
    article: lawful.article,
    refuseMicro: refuse === undefined ? undefined : toMicro(String(refuse)),
  }
}

const hundredPercent = 100_000_000n
const isBeyond = (measured: number, expected: number, percentMicro: number): boolean =>
  BigInt(Math.abs(measured - expected)) * hundredPercent > BigInt(percentMicro) * BigInt(Math.abs(expected))

/** How a measured value stands: exactly on the tolerance is within. All in millionths. */
export const judge = (measured: number, expected: number, tolerance: Tolerance): 'fine' | 'sign-off' | 'refused' => {
  const { micro, refuseMicro } = tolerance
  if (refuseMicro !== undefined && isBeyond(measured, expected, refuseMicro)) return 'refused'
  return isBeyond(measured, expected, micro) ? 'sign-off' : 'fine'
}

/** Deviation in percent with a sign and three decimals, rounded away from zero so that it never looks smaller than it is. */
export const deviation = (measured: number, expected: number): string | undefined => {
  if (expected <= 0) return undefined
  const size = BigInt(Math.abs(measured - expected)) * 100_000n
  const whole = BigInt(expected)
  const thousandths = String((size + whole - 1n) / whole).padStart(4, '0')
  return `${measured < expected ? '-' : '+'}${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`
}
