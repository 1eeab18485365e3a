import { retrieveBase } from '../../base/retrieve-base.ts'
import { sheetFinding } from '../../base/sheet-document.ts'
import type { BaseEcoc } from '../../contract/index.ts'
import { type Write, upsert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { baseOrigins } from '../base-origins.ts'
import { baseReader, isOwnStage, keptBase, ownKeyOf, sheetBase } from '../base/base-for.ts'
import { arrivedWrites } from '../base/goods-in.ts'
import { baseRow } from '../keep-base.ts'
import { nextStepFor } from '../next-steps.ts'
import type { EffectStep, StepResult, Work } from '../step.ts'
import type { Tools } from '../tools.ts'

/** What the vehicle is built on is kept beside it: a base that is corrected later shows by its hash. */
const builtOn = ({ ecoc }: Work, base: BaseEcoc, tools: Tools, writes: readonly Write[] = []): StepResult => ({
  patch: { state: 'received' },
  writes: [...writes, tools.store.contents.write(ecoc.id, 'base', base.bytes, instant(tools.clock()))],
  findings: [{ layer: 'base', findings: sheetFinding(base) }],
  detail: {
    base: base.sha256,
    origin: base.origin,
    ...(base.sheet ? { sheet: base.sheet.id, confirmedBy: base.sheet.confirmedBy, scan: base.sheet.scanSha256 } : {}),
  },
})

/** Finds, verifies and keeps the base eCoC; where none can be had a confirmed data sheet stands in, or the vehicle waits. */
export const baseStep: EffectStep = {
  name: 'base',
  kind: 'effect',
  parallel: () => 8,
  async run(work, tools) {
    const { ecoc } = work
    const mapper = tools.mappers.get(ecoc.mapper)
    const need = mapper?.base ?? 'none'
    if (mapper === undefined || need === 'none') return {}
    const own = ownKeyOf(mapper, work.fields)
    const known = await keptBase(ecoc.vin, own, ecoc.profile, tools)
    if (known) return builtOn(work, known, tools)
    const read = baseReader(tools, ecoc.profile)
    const result = await retrieveBase(ecoc.vin, baseOrigins(tools), tools.verifyAsking, read, ({ tree }) =>
      isOwnStage(tree, own),
    )
    if (result.kind === 'found') {
      const { base, verification } = result
      const kept = [upsert('base_ecoc', baseRow(base, verification, tools)), ...(await arrivedWrites(base.vin, tools))]
      // Whether the signer was revoked may not have been found out: that is told and blocks nothing.
      return { ...builtOn(work, base, tools, kept), findings: [{ layer: 'base', findings: verification.findings }] }
    }
    if (result.kind === 'missing') {
      const sheet = await sheetBase(ecoc.vin, tools)
      // The eCoC may come all the same: it is asked for again.
      if (sheet) return builtOn(work, sheet, tools, await arrivedWrites(ecoc.vin, tools, { sheet: true }))
    }
    if (need === 'optional') return {}
    const againMs = tools.config.base.retry
    if (result.kind === 'unfit') {
      const reason = `The base eCoC from ${result.origin} is not accepted: ${result.findings[0]?.message ?? ''}`
      const code = result.findings.some((f) => f.code === 'TRU-120') ? 'BAS-004' : 'BAS-002'
      const rest = { state: 'held', code, reason, nextStep: nextStepFor(code) } as const
      return { rest, againMs, findings: [{ layer: 'base', findings: result.findings }] }
    }
    const failed = result.failures.length > 0 ? ` (${result.failures.join('; ')})` : ''
    const reason = `No base eCoC is known for VIN ${ecoc.vin}; asked: ${result.asked.join(', ') || 'nobody'}${failed}.`
    return { rest: { state: 'held', code: 'BAS-001', reason, nextStep: nextStepFor('BAS-001') }, againMs }
  },
}
