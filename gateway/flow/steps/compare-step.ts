import { compareDocuments } from '../../compare/compare-documents.ts'
import { fieldsCompared } from '../../compare/match-rate.ts'
import { remove, upsert } from '../../store/writes.ts'
import { sha256 } from '../../support/hash.ts'
import { localDay } from '../../support/local-time.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep } from '../step.ts'

/** In words that say it all in a result file. */
const inWords = (count: number): string =>
  count === 0 ? 'no differences' : `${count} difference${count > 1 ? 's' : ''}`

/**
 * Ends a parallel run: the document is compared, field by field, with the one that the earlier process made of this
 * vehicle and stage, and rests. Nothing is signed or sent. Other modes pass through.
 */
export const compareStep: PureStep = {
  name: 'compare',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    if (ecoc.mode === 'parallel') made.earlier = await tools.store.earlier.of(ecoc.mapper, ecoc.vin)
  },
  run({ ecoc, made }, tools) {
    if (ecoc.mode !== 'parallel') return {}
    const { model } = made
    const profile = made.target?.profile
    if (!model) return {}
    const theirs = made.earlier?.find((e) => e.stage === model.stage && (e.profile ?? profile) === profile)
    if (!theirs) {
      const reason = 'no document of the earlier process yet'
      const rest = { state: 'compared', code: 'FLO-015', reason, nextStep: nextStepFor('FLO-015') } as const
      return { rest, writes: [remove('comparison', { ecoc_id: ecoc.id })] }
    }
    const day = localDay(tools.clock(), tools.config.site.timeZone)
    const their = tools.releases.read(theirs.bytes, profile, day).tree
    const catalogue = tools.releases.catalogueOf(model.tree, profile)
    const differences = compareDocuments(model.tree, their, { catalogue })
    const names = JSON.stringify(fieldsCompared(model.tree, their))
    const count = differences.length
    const writes = [
      upsert('compared_fields', { sha256: sha256(names), names }),
      upsert('comparison', {
        ecoc_id: ecoc.id,
        flow: ecoc.mapper,
        vin: ecoc.vin,
        stage: model.stage,
        day,
        ivi_reference_id: theirs.ivi_reference_id,
        differences: JSON.stringify(differences),
        count,
        fields_sha256: sha256(names),
      }),
    ]
    const found = count === 0 ? {} : { code: 'FLO-016', nextStep: nextStepFor('FLO-016') }
    const detail = { earlier: theirs.sha256, iviReferenceId: theirs.ivi_reference_id, differences: count }
    return { rest: { state: 'compared', reason: inWords(count), ...found }, writes, detail }
  },
}
