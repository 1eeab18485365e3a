import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { fromMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { refuse, signOff } from './drift-finding.ts'
import { factOf } from './facts.ts'

type Read = (model: VehicleModel) => number | undefined

interface Allowed {
  readonly window: string
  readonly unit: string
  /** Where a finding points. */
  readonly element: string
  readonly words: string
  readonly read: Read
}

const at =
  (element: string): Read =>
  ({ tree }) =>
    microAt(tree, element)

/** Item 47.1.2 is in m², the window in cm². */
const cm2InM2 = 10_000

/** What the base's emission values hold for (2020/683 Annex I 0.2.2.1); a single value is the highest allowed. */
const windows: readonly Allowed[] = [
  {
    window: 'AllowedActualMass',
    unit: 'kg',
    element: 'ActualMass',
    words: 'actual mass (13.2)',
    read: at('ActualMass'),
  },
  {
    window: 'AllowedTechnicallyPermissibleMaximumLadenMass',
    unit: 'kg',
    element: 'TechnicallyPermissibleMaximumLadenMass',
    words: 'maximum laden mass (16.1)',
    read: at('TechnicallyPermissibleMaximumLadenMass'),
  },
  {
    window: 'AllowedFrontalArea',
    unit: 'cm²',
    element: 'WltpFrontalArea',
    words: 'frontal area',
    read: (model) => {
      const area = microAt(model.tree, 'WltpFrontalArea')
      return factOf(model.facts, 'frontalArea') ?? (area === undefined ? undefined : area * cm2InM2)
    },
  },
  {
    window: 'AllowedRollingResistance',
    unit: 'kg/t',
    element: 'AllowedRollingResistance',
    words: 'rolling resistance',
    read: (model) => factOf(model.facts, 'rollingResistance'),
  },
  {
    window: 'AllowedCrossSectionalAreaAirFrontGrill',
    unit: 'cm²',
    element: 'ProjectedFrontalAreaAirEntranceFrontGrill',
    words: 'grille air inlet area',
    read: at('ProjectedFrontalAreaAirEntranceFrontGrill'),
  },
]

interface Bounds {
  readonly least: number | undefined
  readonly most: number | undefined
}

const boundsIn = (tree: IviTree, window: string): Bounds | undefined => {
  const most = microAt(tree, `${window}Max`) ?? microAt(tree, window)
  const least = microAt(tree, `${window}Min`)
  return most === undefined && least === undefined ? undefined : { least, most }
}

/** The bound that a value is beyond. */
const broken = (value: number, { least, most }: Bounds): number | undefined =>
  most !== undefined && value > most ? most : least !== undefined && value < least ? least : undefined

/**
 * The vehicle stays inside the windows for which the emission values of its base hold. A completing approval that has a
 * window of its own has emission values of its own: inside that one a person confirms it.
 */
export const keepAllowedWindows = (model: VehicleModel, base: IviTree, approval: ApprovalData | undefined): Finding[] =>
  windows.flatMap(({ window, unit, element, words, read }) => {
    const value = read(model)
    const bounds = boundsIn(base, window)
    const bound = value === undefined || bounds === undefined ? undefined : broken(value, bounds)
    if (value === undefined || bound === undefined) return []
    const own = approval && boundsIn(approval.values, window)
    const isCarried = own !== undefined && broken(value, own) === undefined
    const limit = fromMicro(bound)
    const params = {
      measured: fromMicro(value),
      base: limit,
      limit,
      unit,
      tolerance: '0',
      article: '2020/683 Annex I 0.2.2.1',
    }
    const end = value > bound ? 'up to' : 'from'
    const what = `The ${words} is ${params.measured} ${unit}, but the emission values of the base vehicle hold ${end} ${limit} ${unit} only (${window})`
    const { path } = elementOf(element)
    return isCarried
      ? [signOff('DRF-LIM-006', path, `${what}; the completing approval has values of its own.`, params)]
      : [refuse('DRF-LIM-005', path, `${what}.`, params)]
  })
