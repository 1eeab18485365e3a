import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { fromMicro } from '../support/decimal.ts'
import { axleValues, microAt } from './axle-values.ts'
import { signOff } from './drift-finding.ts'
import { deviation } from './tolerance.ts'

const article = '2018/858 Annex IX 3.3; CoC item 4.1'

/**
 * Axle spacings follow the wheelbase: one that changes while no spacing does, or a spacing that changes by itself, is for
 * a person. A spacing of its own is no matter where the axles are others anyway.
 */
export const compareAxleSpacing = (tree: IviTree, base: IviTree): Finding[] => {
  const [ours, theirs] = [axleValues(tree, 'AxleSpacing'), axleValues(base, 'AxleSpacing')]
  if (ours.size === 0 || theirs.size === 0 || microAt(tree, 'NumberOfAxles') !== microAt(base, 'NumberOfAxles'))
    return []
  const [wheelbase, before] = [microAt(tree, 'Wheelbase'), microAt(base, 'Wheelbase')]
  const isOther = wheelbase !== undefined && before !== undefined && wheelbase !== before
  const changed = [...ours.values()].filter(({ axle, micro }) => (theirs.get(axle)?.micro ?? micro) !== micro)
  if (isOther && changed.length === 0) {
    const params = { measured: fromMicro(wheelbase), base: fromMicro(before), tolerance: '0', article }
    const message = `The wheelbase changed from ${params.base} to ${params.measured} mm, but no axle spacing did.`
    return [signOff('DRF-WB-003', elementOf('Wheelbase').path, message, params)]
  }
  if (isOther) return []
  return changed.map(({ axle, text, micro, path }) => {
    const from = theirs.get(axle)
    const params = {
      axle,
      measured: text,
      base: from?.text,
      deviation: deviation(micro, from?.micro ?? 0),
      tolerance: '0',
      article,
    }
    const message = `The spacing behind axle ${axle} is ${text} mm, the base eCoC says ${from?.text ?? ''} mm, and the wheelbase is the same.`
    return signOff('DRF-WB-004', path, message, params)
  })
}
