import type { Texts } from '../ivi/coc/coc-item.ts'
import { elementOf, ivi20 } from '../ivi/catalogue.ts'
import type { Condition, Path, Value } from './rule.ts'

/**
 * The path of an element of IVI 2.0 as rules write it, from the root: `/CocDataGroup/MassGroup/ActualMass`.
 * Throws GatewayError (bug) for a name that IVI does not have, so that a rule cannot look at nothing.
 */
export const cocPath = (element: string): Path => elementOf(element).path.slice(ivi20.root.path.length)

/** A text in the three languages of findings. */
export const say = (en: string, de: string, fr: string): Texts => ({ en, de, fr })

/**
 * A whole multiple of a value. The rule language adds and compares only, so that its decimals stay exact: "at least 4 %
 * of b" is written "25 times a is at least b".
 */
export const times = (count: number, value: string): Value => ({ sum: Array<string>(count).fill(value) })

/** True when every axle has a value there: a sum over some of the axles says nothing of the vehicle. */
export const onEveryAxle = (element: string): Condition => ({
  compare: [{ count: cocPath(element) }, '=', { count: cocPath('AxleGroup') }],
})
