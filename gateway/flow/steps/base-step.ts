import { retrieveBase } from '../../base/retrieve-base.ts'
import { localDay } from '../../support/local-time.ts'
import { upsert } from '../../store/writes.ts'
import { baseOrigins } from '../base-origins.ts'
import { baseRow } from '../keep-base.ts'
import type { EffectStep } from '../step.ts'
import { nextStepFor } from '../next-steps.ts'

/** A base eCoC of any stage below this one is what the vehicle was built on. */
const anyStage = 99

/** Finds, verifies and keeps the base eCoC, or lets the vehicle wait for it. */
export const baseStep: EffectStep = {
  name: 'base',
  kind: 'effect',
  parallel: () => 8,
  async run({ ecoc }, tools) {
    const need = tools.mappers.get(ecoc.mapper)?.base ?? 'none'
    if (need === 'none') return {}
    const known = await tools.store.masterData.baseEcoc(ecoc.vin, anyStage)
    if (known) return { patch: { state: 'received' }, detail: { base: known.sha256, origin: known.origin } }
    const result = await retrieveBase(ecoc.vin, baseOrigins(tools), tools.verify, (bytes) =>
      tools.releases.read(bytes, ecoc.profile, localDay(tools.clock(), tools.config.site.timeZone)),
    )
    if (result.kind === 'found') {
      const { base, verification } = result
      const writes = [upsert('base_ecoc', baseRow(base, verification, tools))]
      return {
        patch: { state: 'received' },
        writes,
        findings: [{ layer: 'base', findings: [] }],
        detail: { base: base.sha256, origin: base.origin },
      }
    }
    if (need === 'optional') return {}
    const againMs = tools.config.base.retry
    if (result.kind === 'unfit') {
      const reason = `The base eCoC from ${result.origin} is not accepted: ${result.findings[0]?.message ?? ''}`
      const rest = { state: 'held', code: 'BAS-002', reason, nextStep: nextStepFor('BAS-002') } as const
      return { rest, againMs, findings: [{ layer: 'base', findings: result.findings }] }
    }
    const failed = result.failures.length > 0 ? ` (${result.failures.join('; ')})` : ''
    const reason = `No base eCoC is known for VIN ${ecoc.vin}; asked: ${result.asked.join(', ') || 'nobody'}${failed}.`
    return { rest: { state: 'held', code: 'BAS-001', reason, nextStep: nextStepFor('BAS-001') }, againMs }
  },
}
