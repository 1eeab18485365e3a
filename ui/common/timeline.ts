import type { EcocTrace, Finding } from '../data/trace.ts'

/** The way through the house, in its order. */
export const stages = [
  'received',
  'base',
  'mapping',
  'document',
  'checks',
  'drift',
  'signoff',
  'signature',
  'submission',
  'receipt',
  'writeback',
] as const
export type StageName = (typeof stages)[number]

/** `none`: not needed for this eCoC; `ended`: it went no further, and will not; `ahead`: not reached yet. */
export type StageStatus = 'done' | 'active' | 'person' | 'unknown' | 'ahead' | 'none' | 'ended'

export interface Stage {
  readonly name: StageName
  readonly status: StageStatus
  readonly at: string | null
  readonly findings: readonly Finding[]
}

const layers: Readonly<Record<string, StageName>> = {
  input: 'received',
  base: 'base',
  mapping: 'mapping',
  schema: 'checks',
  rules: 'checks',
  drift: 'drift',
  signature: 'signature',
  trust: 'signature',
}

const contentAt = (trace: EcocTrace, kind: string): string | null =>
  trace.contents.find((c) => c.kind === kind)?.at ?? null

/** The first stage that has kept nothing yet. */
const firstOpen = (trace: EcocTrace): StageName => {
  if (contentAt(trace, 'model') === null) return contentAt(trace, 'base') === null ? 'base' : 'mapping'
  if (contentAt(trace, 'document') === null) return 'document'
  if (contentAt(trace, 'signed') === null) return 'signature'
  return trace.receipts.length === 0 ? 'submission' : 'receipt'
}

/** Where an eCoC was stopped: what was found says it best, then what is missing. */
const stoppedAt = (trace: EcocTrace): StageName => {
  if (trace.proposalOf !== null) return 'received'
  if (trace.signOffs.at(-1)?.decision === 'refuse') return 'signoff'
  const error = trace.findings.find((f) => f.severity === 'error')
  return (error && layers[error.layer]) ?? firstOpen(trace)
}

const writeBackStatus: Readonly<Record<EcocTrace['writeBack'], StageStatus>> = {
  none: 'none',
  pending: 'active',
  done: 'done',
  failed: 'person',
}

/** How far an eCoC has come, and how it stands there. */
const head = (trace: EcocTrace): readonly [StageName, StageStatus] => {
  switch (trace.state) {
    case 'received':
      return [firstOpen(trace), 'active']
    case 'mapped':
      return [contentAt(trace, 'document') === null ? 'document' : 'checks', 'active']
    case 'checked':
      return ['drift', 'active']
    case 'awaiting_signoff':
      return ['signoff', 'person']
    case 'signed':
    case 'dispatching':
      return ['submission', 'active']
    case 'outcome_unknown':
      return ['submission', 'unknown']
    case 'awaiting_receipt':
      return ['receipt', 'active']
    case 'rejected':
    case 'reopened':
      return ['receipt', 'person']
    case 'held':
    case 'dead_letter':
      return [stoppedAt(trace), 'person']
    case 'superseded':
    case 'cancelled':
      return [firstOpen(trace), 'ended']
    case 'accepted':
    case 'accepted_with_warnings':
    case 'compared':
      return ['writeback', writeBackStatus[trace.writeBack]]
  }
}

/** Stages that some eCoCs do not need: they are passed without leaving anything. */
const leftNothing = (trace: EcocTrace, name: StageName): boolean => {
  switch (name) {
    case 'base':
      return contentAt(trace, 'base') === null
    case 'signoff':
      return trace.signOffs.length === 0
    case 'submission':
      return trace.attempts.length === 0
    case 'receipt':
      return trace.receipts.length === 0
    default:
      return false
  }
}

const timeOf = (trace: EcocTrace, name: StageName): string | null => {
  switch (name) {
    case 'received':
      return trace.record?.at ?? trace.createdAt
    case 'base':
      return contentAt(trace, 'base')
    case 'mapping':
      return contentAt(trace, 'model')
    case 'document':
      return contentAt(trace, 'document')
    case 'signature':
      return contentAt(trace, 'signed')
    case 'signoff':
      return trace.signOffs.at(-1)?.decidedAt ?? trace.signOffs.at(-1)?.requestedAt ?? null
    case 'submission':
      return trace.attempts.at(-1)?.endedAt ?? trace.attempts.at(-1)?.preparedAt ?? null
    case 'receipt':
      return trace.receipts.at(-1)?.receivedAt ?? null
    case 'writeback':
      return trace.writeBacks.findLast((w) => w.doneAt !== null)?.doneAt ?? null
    // Both are judged at once with the document and keep no time of their own.
    case 'checks':
    case 'drift':
      return null
  }
}

/** The eleven stages of an eCoC with how each stands: what the page draws as a line. */
export const timeline = (trace: EcocTrace): Stage[] => {
  const [at, standing] = head(trace)
  const reached = stages.indexOf(at)
  const statusOf = (name: StageName, i: number): StageStatus => {
    if (i < reached) return leftNothing(trace, name) ? 'none' : 'done'
    if (i === reached) return standing
    // A refusal is written back too, while the receipt still waits for somebody.
    if (name === 'writeback' && trace.writeBack !== 'none') return writeBackStatus[trace.writeBack]
    return standing === 'ended' ? 'none' : 'ahead'
  }
  return stages.map((name, i) => ({
    name,
    status: statusOf(name, i),
    at: timeOf(trace, name),
    findings: trace.findings.filter((f) => layers[f.layer] === name),
  }))
}
