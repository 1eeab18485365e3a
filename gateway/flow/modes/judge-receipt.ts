import type { Finding } from '../../contract/index.ts'
import type { EarlierEcocRow } from '../../store/tables.ts'
import { sha256 } from '../../support/hash.ts'
import type { Tools } from '../tools.ts'
import { earlierFinding } from './read-earlier.ts'

interface Said {
  readonly outcome: string
  readonly reference: string | undefined
}

/** A receipt file that a gateway wrote beside a record. */
const fromGateway = (bytes: Buffer, row: EarlierEcocRow): Said | undefined => {
  try {
    const said = JSON.parse(bytes.toString('utf8')) as Partial<Record<string, unknown>> | null
    const { outcome, iviReferenceId, reference } = said ?? {}
    if (typeof outcome !== 'string' || String(iviReferenceId).toLowerCase() !== row.ivi_reference_id) return undefined
    return { outcome, reference: typeof reference === 'string' ? reference : undefined }
  } catch {
    return undefined
  }
}

/** What an access point of this site would have said with these bytes. */
const fromAccessPoint = (bytes: Buffer, row: EarlierEcocRow, tools: Pick<Tools, 'accessPoints'>): Said | undefined => {
  for (const { connector, config } of tools.accessPoints.values()) {
    const reply = connector.parse(config, { status: 200, contentType: 'text/xml', bytes })
    if (reply.outcome === 'unreadable' || reply.outcome === 'technical') continue
    if (reply.iviReferenceId !== undefined && reply.iviReferenceId !== row.ivi_reference_id) continue
    const holdsIt = reply.outcome === 'duplicate' && reply.sha256 === row.sha256
    return { outcome: holdsIt ? 'accepted' : reply.outcome, reference: reply.reference }
  }
  return undefined
}

const rank = ['accepted', 'accepted_with_warnings', 'rejected', 'pending', 'duplicate', 'not_found']
const rankOf = (said: Said | undefined): number => {
  const at = rank.indexOf(said?.outcome ?? '')
  return at < 0 ? rank.length : at
}

/**
 * What the answers that belong to a document say of it. A rejection outweighs a person's word; an answer that nobody can
 * read is kept, and counts only with that word.
 * @param word the person who says that everything in this import was accepted
 */
export const judgeReceipts = (
  row: EarlierEcocRow,
  receipts: readonly Buffer[],
  word: string | undefined,
  tools: Pick<Tools, 'accessPoints'>,
): { readonly row: EarlierEcocRow; readonly findings: readonly Finding[] } => {
  const read = receipts
    .map((bytes) => ({ bytes, said: fromGateway(bytes, row) ?? fromAccessPoint(bytes, row, tools) }))
    .toSorted((a, b) => rankOf(a.said) - rankOf(b.said))
  const [best] = read
  const kept = best
    ? {
        ...row,
        receipt: best.bytes,
        receipt_sha256: sha256(best.bytes),
        receipt_reference: best.said?.reference ?? null,
      }
    : row
  const outcome = best?.said?.outcome
  if (outcome === 'accepted' || outcome === 'accepted_with_warnings')
    return { row: { ...kept, accepted: 1, accepted_by: 'receipt' }, findings: [] }
  if (outcome === 'rejected') {
    const isHead = row.ecoc_id !== null
    const message = isHead
      ? 'Its receipt says that it was rejected, but its vehicle was taken over as delivered before. Ask the operator of the access point.'
      : 'Its receipt says that it was rejected: it is not taken for accepted.'
    // A word that was given before this receipt turned up no longer counts; an acceptance that was read does.
    const byWord = row.accepted === 1 && row.accepted_by !== 'receipt' && !isHead
    return {
      row: byWord ? { ...kept, accepted: 0, accepted_by: null } : kept,
      findings: [earlierFinding('EAR-004', 'warning', message)],
    }
  }
  if (word !== undefined) return { row: { ...kept, accepted: 1, accepted_by: word }, findings: [] }
  if (!best) return { row: kept, findings: [] }
  const message =
    'No access point of this site reads its receipt as an acceptance. Say --accepted if you know that it was accepted.'
  return { row: kept, findings: [earlierFinding('EAR-005', 'warning', message)] }
}
