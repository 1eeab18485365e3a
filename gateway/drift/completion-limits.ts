import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf, findElement } from '../ivi/catalogue.ts'
import { fromMicro } from '../support/decimal.ts'
import { axleValues, microAt } from './axle-values.ts'
import { refuse, signOff } from './drift-finding.ts'

const items = '2020/683 Annex VIII, incomplete vehicles'

/** Base limits for the dimensions of the completed vehicle (CoC items 5.1, 6.1, 7.1, 12.1), mm. */
const dimensions = [
  { measured: ['Length', 'LengthAdjustableMax'], limit: 'MaximumPermissibleLength', item: '5.1' },
  { measured: ['Width', 'WidthAdjustableMax'], limit: 'MaximumPermissibleWidth', item: '6.1' },
  { measured: ['Height', 'HeightAdjustableMax'], limit: 'MaximumPermissibleHeight', item: '7.1' },
  { measured: ['RearOverhang', 'RearOverhangAdjustableMax'], limit: 'MaximumPermissibleRearOverhang', item: '12.1' },
] as const

const pathOf = (element: string): string => elementOf(element).path

/** The first of the elements that is given. */
const firstMicro = (tree: IviTree, elements: readonly string[]): number | undefined =>
  elements.map((element) => microAt(tree, element)).find((micro) => micro !== undefined)

/** The highest value the base allows, given as one value or as a range. */
const highest = (base: IviTree, element: string): number | undefined =>
  (findElement(`${element}Max`) === undefined ? undefined : microAt(base, `${element}Max`)) ?? microAt(base, element)

const keepDimensions = (tree: IviTree, base: IviTree): Finding[] =>
  dimensions.flatMap(({ measured: elements, limit: limitElement, item }) => {
    const [element] = elements
    const measured = firstMicro(tree, elements)
    const limit = highest(base, limitElement)
    if (measured === undefined || limit === undefined || measured <= limit) return []
    const params = {
      measured: fromMicro(measured),
      base: fromMicro(limit),
      limit: fromMicro(limit),
      tolerance: '0',
      article: `${items}, item ${item}`,
    }
    const message = `${element} is ${fromMicro(measured)} mm, but the base vehicle may be completed to ${fromMicro(limit)} mm only (item ${item}).`
    return [refuse('DRF-LIM-001', pathOf(element), message, params)]
  })

const keepMinimumMass = (tree: IviTree, base: IviTree): Finding[] => {
  const measured = microAt(tree, 'MassInRunningOrder')
  const least = microAt(base, 'MinimumMassCompleted')
  if (measured === undefined || least === undefined || measured >= least) return []
  const params = {
    measured: fromMicro(measured),
    base: fromMicro(least),
    limit: fromMicro(least),
    tolerance: '0',
    article: `${items}, item 15`,
  }
  const message = `The mass in running order is ${fromMicro(measured)} kg, but the base vehicle must weigh at least ${fromMicro(least)} kg when completed (item 15).`
  return [refuse('DRF-LIM-002', pathOf('MassInRunningOrder'), message, params)]
}

/**
 * Per axle item 15.1 rules. Where the base gives none, its own share 14.1 stands in and a person decides: a body behind
 * the rear axle may rightly take weight off the front axle.
 */
const keepAxleMinima = (tree: IviTree, base: IviTree): Finding[] => {
  const minima = axleValues(base, 'MinimalPermissibleDistributionMassCompletedAxle')
  const shares = axleValues(base, 'DistributionMassIncompleteAxle')
  return [...axleValues(tree, 'DistributionMassRunningOrderAxle').values()].flatMap(({ axle, text, micro, path }) => {
    const least = minima.get(axle)
    const share = shares.get(axle)
    const what = `Axle ${axle} carries ${text} kg of the mass in running order`
    if (least !== undefined) {
      if (micro >= least.micro) return []
      const params = {
        measured: text,
        base: least.text,
        limit: least.text,
        tolerance: '0',
        article: `${items}, item 15.1`,
      }
      const message = `${what}, but must carry at least ${least.text} kg when completed (item 15.1).`
      return [refuse('DRF-LIM-003', path, message, params)]
    }
    if (share === undefined || micro >= share.micro) return []
    const params = { measured: text, base: share.text, tolerance: '0', article: `${items}, item 14.1` }
    return [
      signOff('DRF-LIM-004', path, `${what}, less than the ${share.text} kg of the base vehicle (item 14.1).`, params),
    ]
  })
}

/** The limits the base eCoC sets for whoever completes the vehicle (CoC items 5.1, 6.1, 7.1, 12.1, 14.1, 15, 15.1). */
export const keepCompletionLimits = (tree: IviTree, base: IviTree): Finding[] => [
  ...keepDimensions(tree, base),
  ...keepMinimumMass(tree, base),
  ...keepAxleMinima(tree, base),
]
