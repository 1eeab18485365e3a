import { randomUUID } from 'node:crypto'
import type { AccessPoint, Reply, SubmissionFacts } from '../../../gateway/contract/access-point.ts'
import type { SignedDocument } from '../../../gateway/contract/flow.ts'
import type { MessageId } from '../../../gateway/contract/ids.ts'
import { queryAttempt, sendAttempt, type AttemptResult } from '../../../gateway/submission/send-attempt.ts'
import { testFiles } from '../../support/site-files.ts'
import { testFacts } from '../../support/submission-facts.ts'

export type Told =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; reply: Reply }
  | { kind: 'not_dispatched' | 'unknown'; reason: string }

/** A gateway's side of the wire for any access point: what one call came to, understood. */
export const makeClient = <C>(
  ap: AccessPoint<C>,
  given: Record<string, unknown>,
  more: { proxy?: string; facts?: Partial<SubmissionFacts> } = {},
) => {
  const config = ap.config.parse(given)
  const messageId = () => randomUUID() as MessageId
  const context = (earlierReference?: string) => ({
    signal: new AbortController().signal,
    tls: undefined,
    files: testFiles,
    proxy: more.proxy,
    earlierReference,
  })
  const tell = (result: AttemptResult): Told => {
    if (result.kind !== 'answered') return { kind: result.kind, reason: result.reason }
    const { status, retryAfter } = result.reply
    return { kind: 'answered', status, retryAfter, reply: ap.parse(config, result.reply) }
  }
  const envelope = (document: SignedDocument, id = messageId()) =>
    ap.envelope(config, document, id, { ...testFacts, ...more.facts })
  return {
    config,
    envelope,
    submit: async (document: SignedDocument, id = messageId()): Promise<Told> =>
      tell(await sendAttempt(ap, config, envelope(document, id), context())),
    query: async (document: SignedDocument, earlierReference?: string): Promise<Told> =>
      tell(await queryAttempt(ap, config, document.iviReferenceId, messageId(), context(earlierReference))),
    cancel: async (document: SignedDocument): Promise<Reply> =>
      ap.parse(config, await ap.cancel!(config, document.iviReferenceId, messageId(), context())),
    test: () => ap.test(config, context()),
  }
}
