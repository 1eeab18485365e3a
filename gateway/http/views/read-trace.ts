import type { Finding, VehicleModel } from '../../contract/index.ts'
import type { Store } from '../../store/store.ts'
import type { AttemptRow, EcocRow, EventRow, Json, ReceiptRow, SignOffRow, WriteBackRow } from '../../store/tables.ts'
import { ecocItemOf, verbsOf } from './ecoc-view.ts'
import { mappedElements } from './mapped-elements.ts'
import type { EcocTrace } from './trace-schema.ts'

type Findings = EcocTrace['findings']
const findingsOf = (json: Json): Findings => JSON.parse(json) as Findings
const plain = (findings: readonly Finding[]): Findings => findings.map((f) => ({ ...f }))

const signOffOf = (s: SignOffRow): EcocTrace['signOffs'][number] => ({
  id: s.id,
  documentSha256: s.document_sha256,
  findings: findingsOf(s.findings),
  requestedAt: s.requested_at,
  decision: s.decision,
  decidedBy: s.decided_by,
  comment: s.comment,
  decidedAt: s.decided_at,
})
const attemptOf = (a: AttemptRow): EcocTrace['attempts'][number] => ({
  id: a.id,
  accessPoint: a.access_point,
  operation: a.operation,
  messageId: a.message_id,
  envelopeSha256: a.envelope_sha256,
  state: a.state,
  reason: a.reason,
  outcome: a.outcome,
  replyStatus: a.reply_status,
  preparedAt: a.prepared_at,
  endedAt: a.ended_at,
})
const receiptOf = (r: ReceiptRow): EcocTrace['receipts'][number] => ({
  id: r.id,
  attemptId: r.attempt_id,
  meaning: r.meaning === null ? null : (JSON.parse(r.meaning) as unknown),
  contentType: r.content_type,
  receivedAt: r.received_at,
})
const writeBackOf = (w: WriteBackRow): EcocTrace['writeBacks'][number] => ({
  kind: w.kind,
  source: w.source,
  name: w.name,
  state: w.state,
  tries: w.tries,
  problem: w.problem,
  dueAt: w.due_at,
  doneAt: w.done_at,
})
const eventOf = (e: EventRow): EcocTrace['events'][number] => ({
  seq: e.seq,
  at: e.at,
  actor: e.actor,
  type: e.type,
  detail: JSON.parse(e.detail) as unknown,
})

const modelOf = (bytes: Buffer | undefined): EcocTrace['model'] => {
  if (!bytes) return null
  const model = JSON.parse(bytes.toString('utf8')) as VehicleModel
  return { destination: model.destination ?? null, elements: mappedElements(model), facts: { ...model.facts } }
}

/** Reads the whole trace of an eCoC: what every stage kept, in one value. */
export const readTrace = async (store: Store, row: EcocRow): Promise<EcocTrace> => {
  const { id } = row
  const [record, files, contents, findings, signOffs, attempts, receipts, events, model] = await Promise.all([
    store.ecocs.record(id),
    store.spools.ofEcoc(id),
    store.contents.kinds(id),
    store.findings.of(id),
    store.signOffs.of(id),
    store.attempts.of(id),
    store.receipts.of(id),
    store.events.of(id),
    store.contents.get(id, 'model'),
  ])
  // Answers belong to the eCoC (its receipt) or to the files it came in (the lists of their lines).
  const writeBacks = await Promise.all([id, ...files.map((f) => f.id)].map((s) => store.writeBacks.of(s)))
  const open = signOffs.findLast((s) => s.decision === null)
  return {
    ...ecocItemOf(row),
    source: row.source,
    mapperVersion: row.mapper_version,
    manufacturer: row.manufacturer,
    profile: row.profile,
    environment: row.environment,
    iviVersionDateTime: row.ivi_version_date_time,
    signatureDate: row.signature_date,
    proposalOf: row.proposal_of,
    writeBack: row.write_back,
    documentSha256: row.document_sha256,
    signedSha256: row.signed_sha256,
    verbs: [...verbsOf(row)],
    record: record
      ? {
          id: record.id,
          at: record.at,
          contentSha256: record.content_sha256,
          fields: JSON.parse(record.fields) as unknown,
        }
      : null,
    files: files.map((f) => ({ source: f.source, key: f.key, sha256: f.sha256, at: f.at })),
    contents: contents.map((c) => ({ kind: c.kind, sha256: c.sha256, at: c.at })),
    findings: plain(findings),
    ...(open && {
      signOff: {
        documentSha256: open.document_sha256,
        findings: findingsOf(open.findings),
        requestedAt: open.requested_at,
      },
    }),
    signOffs: signOffs.map(signOffOf),
    attempts: attempts.map(attemptOf),
    receipts: receipts.map(receiptOf),
    writeBacks: writeBacks.flat().map(writeBackOf),
    events: events.map(eventOf),
    model: modelOf(model?.bytes),
  }
}
