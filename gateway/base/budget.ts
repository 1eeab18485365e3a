import type { ApprovalData } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { findElement } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { fromMicro, toMicro } from '../support/decimal.ts'

/** What a body builder may still use up, of one quantity. Texts are decimals in `unit`; absent where nothing is said. */
export interface BudgetLine {
  /** `mass`, `axle`, `length`, `width`, `height`, `rearOverhang`, or the name of an allowed-parameter window. */
  readonly key: string
  readonly axle?: number
  /** CoC item of the limit. */
  readonly item: string
  readonly unit: string
  /** What the base vehicle has already. */
  readonly has?: string
  /** The completed vehicle must reach it. */
  readonly least?: string
  /** The completed vehicle must not exceed it. */
  readonly most?: string
  /** `most` less what it has. */
  readonly left?: string
  /** `least` less what it has, where that is not reached yet. */
  readonly missing?: string
  /** Whose limit `most` is: the completing approval may be stricter than the base. */
  readonly by: 'base' | 'approval'
}

const has = (name: string): boolean => findElement(name) !== undefined
const micro = (tree: IviTree, name: string): number | undefined =>
  has(name) ? toMicro(valueAt(tree, name) ?? '') : undefined
const first = (tree: IviTree, names: readonly string[]): number | undefined =>
  names.map((name) => micro(tree, name)).find((value) => value !== undefined)

interface Limits {
  readonly key: string
  readonly item: string
  readonly unit: string
  readonly axle?: number
  readonly has?: number | undefined
  readonly least?: number | undefined
  readonly most?: number | undefined
  /** Of the completing approval. */
  readonly own?: number | undefined
}

const text = (value: number | undefined): string | undefined => (value === undefined ? undefined : fromMicro(value))
const given = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T

const lineOf = ({ key, item, unit, axle, has: is, least, most, own }: Limits): BudgetLine[] => {
  const isStricter = own !== undefined && (most === undefined || own < most)
  const limit = isStricter ? own : most
  if (limit === undefined && least === undefined) return []
  const line = {
    ...{ key, axle, item, unit, has: text(is), least: text(least), most: text(limit) },
    left: is === undefined || limit === undefined ? undefined : fromMicro(limit - is),
    missing: is === undefined || least === undefined || is >= least ? undefined : fromMicro(least - is),
    by: isStricter ? 'approval' : 'base',
  }
  return [given(line) as BudgetLine]
}

const dimensions = [
  { key: 'length', item: '5.1', limit: 'MaximumPermissibleLength', has: ['Length', 'LengthMax'] },
  { key: 'width', item: '6.1', limit: 'MaximumPermissibleWidth', has: ['Width', 'WidthMax'] },
  { key: 'height', item: '7.1', limit: 'MaximumPermissibleHeight', has: ['Height', 'HeightMax'] },
  { key: 'rearOverhang', item: '12.1', limit: 'MaximumPermissibleRearOverhang', has: ['RearOverhang'] },
] as const

/** What the emission values of the base hold for (2020/683 Annex I 0.2.2.1). */
const windows = [
  { name: 'AllowedActualMass', unit: 'kg' },
  { name: 'AllowedTechnicallyPermissibleMaximumLadenMass', unit: 'kg' },
  { name: 'AllowedFrontalArea', unit: 'cm²' },
  { name: 'AllowedRollingResistance', unit: 'kg/t' },
  { name: 'AllowedCrossSectionalAreaAirFrontGrill', unit: 'cm²' },
] as const

const axleLines = (base: IviTree): BudgetLine[] =>
  rowsOf(base, 'AxleGroup').flatMap((row, i) => {
    const axle = Number(row['AxleNumber'] ?? i + 1)
    const most = micro(row, 'TechnicallyPermissibleMassAxle')
    const share = micro(row, 'DistributionMassIncompleteAxle')
    const least = micro(row, 'MinimalPermissibleDistributionMassCompletedAxle')
    return lineOf({ key: 'axle', axle, item: '16.2', unit: 'kg', has: share, least, most })
  })

/**
 * What is left of a base vehicle before the body is built: mass, each axle, outer dimensions, overhang, and the windows of its
 * emission values, each as the base eCoC limits it or the completing approval, whichever is stricter. A line stands only where a limit is stated.
 * @param base the tree of the base eCoC or data sheet
 * @param approval the completing approval, where it is known: its values 16.1 and facts `<element>Max` count
 */
export const budgetOf = (base: IviTree, approval?: ApprovalData): BudgetLine[] => {
  const fact = (name: string): number | undefined => toMicro(approval?.facts[name] ?? '')
  const mass = lineOf({
    ...{ key: 'mass', item: '16.1', unit: 'kg' },
    has: first(base, ['MassInRunningOrderIncomplete', 'MassInRunningOrder']),
    least: micro(base, 'MinimumMassCompleted'),
    most: micro(base, 'TechnicallyPermissibleMaximumLadenMass'),
    own: approval && micro(approval.values, 'TechnicallyPermissibleMaximumLadenMass'),
  })
  const sizes = dimensions.flatMap(({ key, item, limit, has: names }) =>
    lineOf({
      key,
      item,
      unit: 'mm',
      has: first(base, names),
      most: first(base, [`${limit}Max`, limit]),
      own: fact(`${key}Max`),
    }),
  )
  const allowed = windows.flatMap(({ name, unit }) => {
    const most = first(base, [`${name}Max`, name])
    const least = micro(base, `${name}Min`)
    const is = name === 'AllowedActualMass' ? micro(base, 'MassInRunningOrderIncomplete') : undefined
    return lineOf({ key: name, item: '0.2.2.1', unit, has: is, least, most })
  })
  const bodies = (['bodyMassMin', 'bodyMassMax'] as const).map(fact)
  const body = lineOf({ key: 'bodyMass', item: '14', unit: 'kg', least: bodies[0], own: bodies[1] })
  return [...mass, ...axleLines(base), ...sizes, ...allowed, ...body]
}
