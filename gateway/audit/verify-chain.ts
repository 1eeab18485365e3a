import type { EventRow } from '../store/tables.ts'
import { eventHash, genesis } from '../store/sqlite/event-chain.ts'

export interface ChainVerdict {
  readonly valid: boolean
  readonly events: number
  /** Hash of the last event; kept elsewhere it proves later that nothing was cut off. */
  readonly head: string
  readonly findings: readonly { readonly seq: number; readonly message: string }[]
}

/** Recomputes the audit chain from its beginning. @param page reads events from a number on, in order */
export const verifyChain = async (page: (from: number) => Promise<readonly EventRow[]>): Promise<ChainVerdict> => {
  const findings: { seq: number; message: string }[] = []
  let [events, head, next] = [0, genesis, 1]
  for (;;) {
    const rows = await page(next)
    if (rows.length === 0) break
    for (const row of rows) {
      if (row.seq !== next) findings.push({ seq: row.seq, message: `Event ${next} is missing before it.` })
      if (row.prev_hash !== head) findings.push({ seq: row.seq, message: 'It does not follow on the event before it.' })
      if (eventHash(row, row.prev_hash) !== row.hash)
        findings.push({ seq: row.seq, message: 'It was changed after it was written.' })
      ;[events, head, next] = [events + 1, row.hash, row.seq + 1]
    }
  }
  return { valid: findings.length === 0, events, head, findings }
}
