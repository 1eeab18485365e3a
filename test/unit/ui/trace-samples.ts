import type { EcocTrace } from '../../../ui/data/trace.ts'

const at = '2026-11-20T08:00:00.000Z'

/** A trace in which nothing has happened but that a record came. */
export const emptyTrace: EcocTrace = {
  id: 'a',
  vin: 'XEB35N2CCT0100001',
  state: 'received',
  recordKey: 'k',
  mapper: 'sage-x3',
  mode: 'live',
  stage: 2,
  version: 1,
  accessPoint: null,
  reasonCode: null,
  reason: null,
  nextStep: null,
  createdAt: at,
  updatedAt: at,
  iviReferenceId: null,
  receiptReference: null,
  source: 'sage-x3',
  mapperVersion: null,
  manufacturer: null,
  profile: null,
  environment: null,
  iviVersionDateTime: null,
  signatureDate: null,
  proposalOf: null,
  writeBack: 'none',
  documentSha256: null,
  signedSha256: null,
  verbs: [],
  record: { at, contentSha256: 'x', fields: {} },
  files: [],
  contents: [],
  findings: [],
  signOffs: [],
  attempts: [],
  receipts: [],
  writeBacks: [],
  events: [],
  model: null,
}

/** The content kinds a trace has kept. */
export const kept = (...kinds: string[]): Pick<EcocTrace, 'contents'> => ({
  contents: kinds.map((kind) => ({ kind, sha256: kind, at })),
})

export const attempt = (state: EcocTrace['attempts'][number]['state']): EcocTrace['attempts'][number] => ({
  id: '1',
  accessPoint: 'nl',
  operation: 'submit',
  messageId: 'm',
  state,
  reason: null,
  replyStatus: 200,
  preparedAt: at,
  endedAt: at,
})

export const receipt = (outcome: string): EcocTrace['receipts'][number] => ({
  id: '1',
  receivedAt: at,
  meaning: { outcome },
})

export const signOff = (decision: EcocTrace['signOffs'][number]['decision']): EcocTrace['signOffs'][number] => ({
  id: '1',
  documentSha256: 'd',
  findings: [],
  requestedAt: at,
  decision,
  decidedBy: decision === null ? null : 'quality',
  comment: null,
  decidedAt: decision === null ? null : at,
})
