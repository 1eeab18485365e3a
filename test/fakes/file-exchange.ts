import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How the other side of a file exchange may behave; what makes no sense without a connection is not among them. */
export const behaviours = [
  'accept',
  'warn',
  'reject',
  'pending',
  'malformed-reply',
  'half-answer',
  'wrong-receipt',
  'slow',
] as const
export type Behaviour = (typeof behaviours)[number]

const results: Partial<Record<Behaviour, string>> = { warn: 'WARN', reject: 'NOK' }

/**
 * Stands for a state that takes documents as files and answers with files. No such exchange is described in public: folders,
 * names and the shape of the reply are the ones of the configuration here.
 */
export const openFileExchange = () => {
  const home = mkdtempSync(join(tmpdir(), 'ecoc-exchange-'))
  const [outbox, replies, taken] = [join(home, 'out'), join(home, 'in'), join(home, 'taken')]
  for (const folder of [outbox, replies, taken]) mkdirSync(folder)
  const accepted = new Map<string, { iviReferenceId: string; count: number; sha256: string }>()
  /** Answers that are not written to their end yet. */
  const owed = new Map<string, string>()
  let behaviour: Behaviour = 'accept'
  const answer = (reference: string): void => {
    const result = results[behaviour] ?? 'OK'
    const about = behaviour === 'wrong-receipt' ? '00000000-0000-4000-8000-000000000000' : reference
    const whole = `<Reply><Result>${result}</Result><Id>${about}</Id><Message code="X-1">in words</Message></Reply>`
    const file = join(replies, `${reference}.reply.xml`)
    const isBroken = behaviour === 'malformed-reply' || behaviour === 'half-answer'
    if (isBroken || behaviour === 'wrong-receipt')
      owed.set(reference, `<Reply><Result>OK</Result><Id>${reference}</Id></Reply>`)
    if (behaviour === 'pending' || behaviour === 'slow') owed.set(reference, whole)
    else writeFileSync(file, isBroken ? whole.slice(0, behaviour === 'half-answer' ? 30 : 12) : whole)
  }
  /** Takes what lies there and answers it; called where time would pass. */
  const work = (): void => {
    for (const name of readdirSync(outbox)) {
      const bytes = readFileSync(join(outbox, name))
      const iviReferenceId = /<IviReferenceId>([^<]*)</.exec(bytes.toString())?.[1] ?? ''
      renameSync(join(outbox, name), join(taken, name))
      if (behaviour !== 'reject') {
        const count = (accepted.get(iviReferenceId)?.count ?? 0) + 1
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        accepted.set(iviReferenceId, { iviReferenceId, count, sha256 })
      }
      answer(iviReferenceId)
    }
  }
  return {
    config: {
      outbox,
      replies,
      taken,
      reply: {
        name: '{iviReferenceId}.reply.xml',
        format: 'xml',
        outcomes: [
          { outcome: 'accepted', when: "/Reply/Result = 'OK'" },
          { outcome: 'accepted_with_warnings', when: "/Reply/Result = 'WARN'" },
          { outcome: 'rejected', when: "/Reply/Result = 'NOK'" },
        ],
        iviReferenceId: '/Reply/Id',
        messages: { each: '/Reply/Message', code: '@code', text: '.' },
        settle: '10ms',
      },
    },
    work,
    /** From here on; what it owes of before it brings now. */
    behave: (next: Behaviour): void => {
      behaviour = next
      for (const [reference, text] of owed) writeFileSync(join(replies, `${reference}.reply.xml`), text)
      owed.clear()
    },
    accepted: () => [...accepted.values()],
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}
