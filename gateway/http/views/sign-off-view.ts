import { z } from 'zod'
import type { Finding } from '../../contract/index.ts'
import type { History, SignOffFile } from '../../flow/sign-off/sign-off-desk.ts'
import { labelOf, type Language } from '../../ivi/coc/coc.ts'
import type { SignOffRequest } from '../../sign-off/request.ts'
import type { AttachmentInfo } from '../../store/repositories/sign-offs.ts'
import type { DelegationRow } from '../../store/tables.ts'

const text = z.string().nullable()
export const approversView = z.strictObject({ needed: z.number().int(), given: z.number().int() })
export const whyNotView = z.strictObject({ code: z.string(), detail: z.string() }).nullable()
export const decisionWord = z.enum(['approve', 'refuse', 'reweigh', 'void']).nullable()
export const variantView = z.strictObject({
  key: z.string().describe('Names it in the trends'),
  approval: z.string(),
  type: z.string(),
  variant: z.string(),
  version: z.string(),
})
const line = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.string(),
  element: text,
  label: text.describe('As the certificate names it'),
  unit: text,
  base: text.describe('What the base eCoC says'),
  measured: text.describe('What the vehicle has'),
  expected: text,
  limit: text,
  deviation: text.describe('Percent'),
  tolerance: text.describe('Percent'),
  article: text,
  message: z.string(),
})
export const attachmentView = z.strictObject({
  id: z.string(),
  name: z.string(),
  contentType: z.string(),
  sha256: z.string(),
  size: z.number().int(),
  addedBy: z.string(),
  at: z.string(),
})
const trend = z.strictObject({
  count: z.number().int(),
  mean: z.number(),
  spread: z.number(),
  recentMean: z.number(),
  shift: z.number(),
  alert: z.boolean(),
})
export const historyView = z.strictObject({
  field: z.string(),
  unit: z.literal('%'),
  values: z.array(z.strictObject({ vin: z.string(), at: z.string(), deviation: z.number() })),
  trend,
})
export const signOffView = z.strictObject({
  id: z.string(),
  ecocId: z.string(),
  vin: z.string(),
  documentSha256: z.string(),
  shownSha256: text.describe('Of everything that is shown; give it with the decision'),
  requestedAt: z.string(),
  decision: decisionWord,
  decidedBy: text,
  decidedAt: text,
  voided: z.strictObject({ by: text, at: text, reason: text }).nullable(),
  remindedAt: text,
  escalatedAt: text,
  approvers: approversView,
  mayDecide: z.boolean().describe('Whether the caller may approve'),
  whyNot: whyNotView,
  onBehalfOf: text,
  variant: variantView,
  lines: z.array(line),
  findings: z.array(z.looseObject({ code: z.string() })),
  axles: z.array(
    z.strictObject({ axle: z.string(), load: text, distribution: text, permissible: text, basePermissible: text }),
  ),
  masses: z.strictObject({ actual: text, runningOrder: text, permissible: text, basePermissible: text }),
  weighing: z.record(z.string(), text).nullable(),
  history: z.array(historyView),
  contributors: z
    .array(z.strictObject({ name: z.string(), what: z.string(), at: z.string() }))
    .describe('Who entered or changed the data: they may not approve'),
  decisions: z.array(
    z.strictObject({
      id: z.string(),
      decision: z.enum(['approve', 'refuse', 'reweigh']),
      reason: text,
      comment: z.string(),
      by: z.string(),
      onBehalfOf: text,
      confirmedBy: z.enum(['password', 'token']),
      attachments: z.array(z.string()),
      at: z.string(),
    }),
  ),
  attachments: z.array(attachmentView),
})
export type SignOffView = z.infer<typeof signOffView>

export const historyOfView = ({ field, values, trend: of }: History): z.infer<typeof historyView> => ({
  ...{ field, unit: '%' as const, values: [...values] },
  trend: { ...of },
})

const lineOf = (
  { code, severity, path, message, params = {} }: Finding,
  language: Language,
): SignOffView['lines'][number] => {
  const figure = (name: string): string | null => (params[name] === undefined ? null : String(params[name]))
  const element = figure('element')
  return {
    ...{ code, severity, path, message, element },
    label: element === null ? null : labelOf(element, language),
    ...{ unit: figure('unit'), base: figure('base'), measured: figure('measured'), expected: figure('expected') },
    ...{ limit: figure('limit'), deviation: figure('deviation'), tolerance: figure('tolerance') },
    article: figure('article'),
  }
}

export const attachmentOf = (a: AttachmentInfo): z.infer<typeof attachmentView> => ({
  ...{ id: a.id, name: a.name, contentType: a.content_type, sha256: a.sha256, size: a.size },
  ...{ addedBy: a.added_by, at: a.at },
})

const unknown: SignOffRequest = {
  variant: { key: '', approval: '', type: '', variant: '', version: '' },
  axles: [],
  masses: { actual: null, runningOrder: null, permissible: null, basePermissible: null },
  weighing: null,
  base: null,
}
export const requestIn = (request: string | null | undefined): SignOffRequest =>
  request ? (JSON.parse(request) as SignOffRequest) : unknown

/** A sign-off as it is shown to whoever decides. */
export const signOffViewOf = (file: SignOffFile, language: Language): SignOffView => {
  const { signOff: s, ecoc, standing } = file
  const request = requestIn(s.request)
  const findings = JSON.parse(s.findings) as Finding[]
  return {
    ...{ id: s.id, ecocId: ecoc.id, vin: ecoc.vin, documentSha256: s.document_sha256 },
    ...{ shownSha256: s.shown_sha256 ?? null, requestedAt: s.requested_at, decision: s.decision },
    ...{ decidedBy: s.decided_by, decidedAt: s.decided_at },
    voided: s.decision === 'void' ? { by: s.decided_by, at: s.decided_at, reason: s.void_reason ?? null } : null,
    ...{ remindedAt: s.reminded_at ?? null, escalatedAt: s.escalated_at ?? null, approvers: file.approvers },
    ...{ mayDecide: standing.mayDecide, whyNot: standing.whyNot, onBehalfOf: standing.onBehalfOf },
    variant: { ...request.variant },
    lines: findings.map((f) => lineOf(f, language)),
    findings: findings.map((f) => ({ ...f })),
    axles: [...request.axles],
    masses: { ...request.masses },
    weighing: request.weighing === null ? null : { ...request.weighing },
    history: file.history.map(historyOfView),
    contributors: [...file.contributors],
    decisions: file.decisions.map((d) => ({
      ...{ id: d.id, decision: d.decision, reason: d.reason, comment: d.comment, by: d.decided_by },
      ...{ onBehalfOf: d.on_behalf_of, confirmedBy: d.confirmed_by, at: d.at },
      attachments: JSON.parse(d.attachments) as string[],
    })),
    attachments: file.attachments.map(attachmentOf),
  }
}

export const delegationView = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  until: z.string(),
  reason: z.string(),
  at: z.string(),
  endedAt: text,
  active: z.boolean(),
})
export const delegationOf = (d: DelegationRow, now: Date): z.infer<typeof delegationView> => ({
  ...{ id: d.id, from: d.from_person, to: d.to_person, until: d.until_at, reason: d.reason, at: d.at },
  endedAt: d.ended_at,
  active: d.ended_at === null && Date.parse(d.until_at) > now.getTime(),
})
