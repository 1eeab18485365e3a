import { randomUUID } from 'node:crypto'
import { type BaseOrigin, retrieveBase } from '../../base/retrieve-base.ts'
import type { MessageId, Vin } from '../../contract/index.ts'
import { upsert } from '../../store/writes.ts'
import { baseRow } from '../keep-base.ts'
import type { EffectStep } from '../step.ts'
import type { Tools } from '../tools.ts'
import { nextStepFor } from '../next-steps.ts'

/** A base eCoC of any stage below this one is what the vehicle was built on. */
const anyStage = 99

const originsOf = (tools: Tools): BaseOrigin[] =>
  [...tools.accessPoints.values()].flatMap((point) => {
    if (!point.connector.retrieve) return []
    const retrieve = point.connector.retrieve.bind(point.connector)
    const context = { signal: tools.signal, tls: point.tls }
    const fetch = (vin: Vin): Promise<Buffer | undefined> =>
      retrieve(point.config, vin, randomUUID() as MessageId, context)
    return [{ name: point.name, fetch }]
  })

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
    const result = await retrieveBase(ecoc.vin, originsOf(tools), tools.verify)
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
