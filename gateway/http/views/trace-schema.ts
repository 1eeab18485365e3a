import { z } from 'zod'
import { ecocItem, verbs } from './ecoc-view.ts'

const text = z.string().nullable()

const finding = z.looseObject({
  code: z.string(),
  layer: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.string(),
  message: z.string(),
})
const findings = z.array(finding)

const signOff = z.strictObject({
  id: z.string(),
  documentSha256: z.string().describe('Hash of the document that was shown'),
  findings,
  requestedAt: z.string(),
  decision: z.enum(['approve', 'refuse', 'reweigh', 'void']).nullable(),
  decidedBy: text,
  comment: text,
  decidedAt: text,
})

/** Everything that is known of one eCoC: a read of what the stages kept. */
export const ecocTrace = z.strictObject({
  ...ecocItem.shape,
  source: z.string(),
  mapperVersion: text,
  manufacturer: text,
  profile: text,
  environment: text,
  iviVersionDateTime: text,
  signatureDate: text,
  proposalOf: text,
  writeBack: z.enum(['none', 'pending', 'done', 'failed']),
  documentSha256: text.describe('Of the document without its stamps: what a sign-off refers to'),
  signedSha256: text.describe('Of the exact signed bytes'),
  verbs: z.array(z.enum(verbs)),
  record: z.strictObject({ id: z.string(), at: z.string(), contentSha256: z.string(), fields: z.unknown() }).nullable(),
  files: z.array(z.strictObject({ source: z.string(), key: z.string(), sha256: z.string(), at: z.string() })),
  contents: z.array(z.strictObject({ kind: z.string(), sha256: z.string(), at: z.string() })),
  findings,
  signOff: z
    .strictObject({ documentSha256: z.string(), findings, requestedAt: z.string() })
    .optional()
    .describe('The sign-off that waits for a decision'),
  signOffs: z.array(signOff),
  attempts: z.array(
    z.strictObject({
      id: z.string(),
      accessPoint: z.string(),
      operation: z.enum(['submit', 'query', 'cancel']),
      messageId: z.string(),
      envelopeSha256: text,
      state: z.enum(['prepared', 'dispatched', 'answered', 'not_sent', 'unknown']),
      reason: text,
      outcome: text.describe('How the answer was classified'),
      replyStatus: z.number().nullable(),
      preparedAt: z.string(),
      endedAt: text,
    }),
  ),
  receipts: z.array(
    z.strictObject({
      id: z.string(),
      attemptId: z.string(),
      meaning: z.unknown().describe('The answer as understood; null until then'),
      contentType: z.string(),
      receivedAt: z.string(),
    }),
  ),
  writeBacks: z.array(
    z.strictObject({
      kind: z.string(),
      source: z.string(),
      name: z.string(),
      state: z.enum(['pending', 'done', 'failed']),
      tries: z.number().int(),
      problem: text,
      dueAt: z.string(),
      doneAt: text,
    }),
  ),
  events: z.array(
    z.strictObject({ seq: z.number(), at: z.string(), actor: z.string(), type: z.string(), detail: z.unknown() }),
  ),
  model: z
    .strictObject({
      destination: text,
      elements: z.array(z.strictObject({ path: z.string(), value: z.string(), source: text })),
      facts: z.record(z.string(), z.string()),
    })
    .nullable(),
})
export type EcocTrace = z.infer<typeof ecocTrace>
