import type { AuditEvent, EcocTrace, Finding } from '../data/trace.ts'

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

const detailOf = ({ detail }: AuditEvent): Readonly<Record<string, unknown>> =>
  typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {}

export interface BaseAtHand {
  readonly sha256: string
  readonly at: string
  /** Where it came from, where that was noted. */
  readonly origin: string | undefined
}
/** The base eCoC it was built on: bases are kept by VIN, and the event of the stage names the one that was taken. */
export const baseOf = (trace: EcocTrace): BaseAtHand | undefined => {
  const taken = trace.events.findLast((e) => detailOf(e).stage === 'base' && typeof detailOf(e).base === 'string')
  if (taken) {
    const { base, origin } = detailOf(taken)
    return { sha256: base as string, at: taken.at, origin: typeof origin === 'string' ? origin : undefined }
  }
  const content = trace.contents.find((c) => c.kind === 'base')
  return content && { sha256: content.sha256, at: content.at, origin: undefined }
}

/** The first stage that has kept nothing yet. */
const firstOpen = (trace: EcocTrace): StageName => {
  if (contentAt(trace, 'model') === null) return baseOf(trace) ? 'mapping' : 'base'
  if (contentAt(trace, 'document') === null) return 'document'
  if (contentAt(trace, 'signed') === null) return 'signature'
  return trace.receipts.length === 0 ? 'submission' : 'receipt'
}

/** Where an eCoC was stopped: what was found says it best, then the event that stopped it, then what is missing. */
const stoppedAt = (trace: EcocTrace): StageName => {
  if (trace.proposalOf !== null) return 'received'
  if (trace.signOffs.at(-1)?.decision === 'refuse') return 'signoff'
  const error = trace.findings.find((f) => f.severity === 'error')
  const stage = trace.events.map((e) => detailOf(e).stage).findLast((s) => s !== undefined)
  return (error && layers[error.layer]) ?? stages.find((name) => name === stage) ?? firstOpen(trace)
}

/** Every state in which it rests is answered beside the record, so this stage may be done while others wait. */
const writeBackStatus = (trace: EcocTrace): StageStatus => {
  const states = new Set<string>([trace.writeBack, ...trace.writeBacks.map((w) => w.state)])
  if (states.has('failed')) return 'person'
  if (states.has('pending')) return 'active'
  return states.has('done') ? 'done' : 'none'
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
      return ['writeback', writeBackStatus(trace)]
  }
}

/** Stages that some eCoCs do not need: they are passed without leaving anything. */
const leftNothing = (trace: EcocTrace, name: StageName): boolean => {
  // Delivered by the process before this gateway, or only compared: most stages were never passed here.
  if (trace.source === 'earlier process') return name !== 'received' && name !== 'signature'
  if (trace.state === 'compared' && name === 'signature') return true
  switch (name) {
    case 'base':
      return baseOf(trace) === undefined
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
      return baseOf(trace)?.at ?? null
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
    const writeBack = name === 'writeback' ? writeBackStatus(trace) : 'none'
    if (writeBack !== 'none') return writeBack
    return standing === 'ended' ? 'none' : 'ahead'
  }
  return stages.map((name, i) => ({
    name,
    status: statusOf(name, i),
    at: timeOf(trace, name),
    findings: trace.findings.filter((f) => layers[f.layer] === name),
  }))
}
