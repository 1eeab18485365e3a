import { GatewayError, isAccepted } from '../contract/index.ts'
import { update } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { finish } from './finish.ts'
import { nextStepFor } from './next-steps.ts'
import type { Work } from './step.ts'
import type { Tools } from './tools.ts'

/** A record that failed this often is set aside, so that it cannot hold up the others for ever. */
export const triesBeforeDeadLetter = 3
const pauseMs = 1000

const isIdentityTaken = (error: Error): boolean => error.message.includes('ecoc.vin, ecoc.manufacturer')

/**
 * A stage failed on a record: an operational error is tried again and never counted,
 * anything else is tried three times and then set aside as a dead letter, for a person to look at.
 * @param add 1 where the claim did not count this try yet
 */
export const fail = async (work: Work, stage: string, error: Error, tools: Tools, add: 0 | 1 = 0): Promise<void> => {
  const { id, record_id } = work.ecoc
  const job = await tools.store.jobs.get(id)
  const now = await tools.store.ecocs.get(id)
  // A changed record took its place meanwhile: its own job goes on.
  if (!now || now.record_id !== record_id || job?.owner !== work.lease) return
  if (isIdentityTaken(error)) {
    const reason = 'Another record already makes the eCoC of this VIN, manufacturer and stage.'
    const rest = { state: 'held', code: 'FLO-004', reason, nextStep: nextStepFor('FLO-004') } as const
    await tools.store.commit(await finish(work, stage, undefined, { rest }, tools))
    return
  }
  const kind = error instanceof GatewayError ? error.kind : 'bug'
  const level = kind === 'operational' ? 'warn' : 'error'
  tools.log[level]({ err: error, ecoc: id, stage, tries: job.tries + add }, 'a stage failed')
  const tries = job.tries + add
  const counted = kind !== 'operational' && kind !== 'config' && kind !== 'security'
  if (counted && tries >= triesBeforeDeadLetter) {
    await deadLetter(work, stage, error.message, tools)
    return
  }
  const delay = counted ? pauseMs : 10 * pauseMs
  const again = instant(new Date(tools.clock().getTime() + delay))
  const release = { owner: null, lease_until: null, next_run_at: again, tries: counted ? tries : 0 }
  await tools.store.commit([
    update('job', { ecoc_id: id, owner: work.lease }, release, 1),
    update(
      'ecoc',
      { id },
      { reason: error.message, reason_code: error instanceof GatewayError ? error.code : 'FLO-900' },
    ),
  ])
}

/** Sets a record aside with its reason; `replay` takes it up again. */
export const deadLetter = async (work: Work, stage: string, why: string, tools: Tools): Promise<void> => {
  const reason = `Stage ${stage} failed ${triesBeforeDeadLetter} times: ${why}`
  // A withdrawal that fails takes nothing from what was accepted: set aside and replayed, it would be sent again.
  const rest = isAccepted(work.ecoc.state)
    ? { state: work.ecoc.state, code: 'FLO-910', reason, nextStep: 'Report this, then cancel it again.' }
    : ({ state: 'dead_letter', code: 'FLO-910', reason, nextStep: 'Report this, then replay.' } as const)
  await tools.store.commit(await finish(work, stage, undefined, { rest }, tools))
}
