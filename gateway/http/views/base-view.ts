import { z } from 'zod'
import type { Vin } from '../../contract/index.ts'
import type { Store } from '../../store/store.ts'
import type { BaseIssueRow, BaseSheetRow, HandoverRow } from '../../store/tables.ts'

const text = z.string().nullable()
const finding = z.looseObject({ code: z.string(), severity: z.string(), path: z.string(), message: z.string() })

export const takenView = z.strictObject({
  ok: z.boolean(),
  vin: text,
  origin: z.string(),
  sha256: text,
  outcome: z.enum(['new', 'same', 'corrected', 'replaces-sheet', 'older']).nullable(),
  differences: z
    .array(z.strictObject({ path: z.string(), was: text, is: text }))
    .describe('Against what was kept before'),
  findings: z.array(finding),
  failures: z.array(z.string()).describe('Places that could not be asked'),
})

export const budgetLine = z.strictObject({
  key: z.string(),
  axle: z.number().int().optional(),
  item: z.string().describe('CoC item of the limit'),
  unit: z.string(),
  has: z.string().optional().describe('What the base vehicle has'),
  least: z.string().optional(),
  most: z.string().optional(),
  left: z.string().optional(),
  missing: z.string().optional(),
  by: z.enum(['base', 'approval']),
})

export const issueView = z.strictObject({
  ecocId: z.string(),
  vin: z.string(),
  code: z.string(),
  text: z.string(),
  nextStep: z.string(),
  proposal: text,
  differences: z.array(z.looseObject({ path: z.string() })),
  at: z.string(),
  closedAt: text,
})
export const issueOf = (i: BaseIssueRow): z.infer<typeof issueView> => ({
  ...{ ecocId: i.ecoc_id, vin: i.vin, code: i.code, text: i.text, nextStep: i.next_step, proposal: i.proposal },
  differences: JSON.parse(i.differences) as { path: string }[],
  ...{ at: i.at, closedAt: i.closed_at },
})

export const handoverView = z.strictObject({
  ecocId: z.string(),
  vin: z.string(),
  target: z.string(),
  sha256: z.string(),
  state: z.enum(['pending', 'done', 'failed']),
  dueAt: z.string(),
  tries: z.number().int(),
  problem: text,
  doneAt: text,
})
export const handoverOf = (h: HandoverRow): z.infer<typeof handoverView> => ({
  ...{ ecocId: h.ecoc_id, vin: h.vin, target: h.target, sha256: h.sha256, state: h.state, dueAt: h.due_at },
  ...{ tries: h.tries, problem: h.problem, doneAt: h.done_at },
})

export const missingView = z.strictObject({
  vin: z.string(),
  since: z.string(),
  ageDays: z.number().int().optional(),
  problem: text,
  ecocId: text.describe('The vehicle that is held for it'),
  note: text,
})
export const refusedView = z.strictObject({
  origin: z.string(),
  key: z.string(),
  sha256: z.string(),
  at: z.string(),
  findings: z.array(finding),
})

const keptView = z.strictObject({
  stage: z.number().int(),
  sha256: z.string(),
  origin: z.string(),
  at: z.string(),
  replacedAt: text,
  verification: z.unknown(),
})
const announcedView = z.strictObject({
  state: z.enum(['waiting', 'kept', 'closed']),
  by: z.string(),
  at: z.string(),
  type: text,
  variant: text,
  version: text,
  note: text,
  nextAt: z.string(),
  problem: text,
})
export const baseView = z.strictObject({
  vin: z.string(),
  kept: z.array(keptView).describe('In use, by stage'),
  earlier: z.array(keptView).describe('Replaced by a correction'),
  announced: announcedView.nullable(),
  askedAgainAt: text,
  budget: z.strictObject({ origin: z.string(), lines: z.array(budgetLine) }).nullable(),
  issues: z.array(issueView),
})

type Kept = z.infer<typeof keptView>

/** What is known of the base of a vehicle. */
export const readBaseView = async (
  store: Store,
  vin: Vin,
  budget: z.infer<typeof baseView>['budget'],
): Promise<z.infer<typeof baseView>> => {
  const { bases } = store
  const [kept, earlier, announced, watch, issues] = await Promise.all([
    bases.ofVehicle(vin),
    bases.earlier(vin),
    bases.announced(vin),
    bases.watched(vin),
    bases.issuesOf(vin),
  ])
  const viewOf = (b: (typeof kept)[number], replacedAt: string | null): Kept => ({
    ...{ stage: b.stage, sha256: b.sha256, origin: b.origin, at: b.at, replacedAt },
    verification: JSON.parse(b.verification) as unknown,
  })
  return {
    vin,
    kept: kept.map((b) => viewOf(b, null)),
    earlier: earlier.map((b) => viewOf(b, b.replaced_at)),
    announced: announced
      ? {
          ...{ state: announced.state, by: announced.announced_by, at: announced.announced_at, type: announced.type },
          ...{ variant: announced.variant, version: announced.version, note: announced.note },
          ...{ nextAt: announced.next_at, problem: announced.problem },
        }
      : null,
    askedAgainAt: watch?.next_at ?? null,
    budget,
    issues: issues.map(issueOf),
  }
}

export const sheetItem = z.strictObject({
  id: z.string(),
  approval: z.string(),
  type: z.string(),
  variant: z.string(),
  version: z.string(),
  stage: z.number().int(),
  sha256: z.string().describe('Of the data; a decision names it'),
  state: z.enum(['entered', 'confirmed', 'refused', 'withdrawn']),
  enteredBy: z.string(),
  enteredAt: z.string(),
  decidedBy: text,
  decidedAt: text,
  comment: text,
})
export const sheetOf = (s: BaseSheetRow): z.infer<typeof sheetItem> => ({
  ...{ id: s.id, approval: s.approval, type: s.type, variant: s.variant, version: s.version, stage: s.stage },
  ...{ sha256: s.sha256, state: s.state, enteredBy: s.entered_by, enteredAt: s.entered_at },
  ...{ decidedBy: s.decided_by, decidedAt: s.decided_at, comment: s.comment },
})
export const sheetView = sheetItem.extend({
  data: z.record(z.string(), z.unknown()).describe('By IVI element, in the shape of the document'),
  vins: z.array(z.strictObject({ first: z.string(), last: z.string(), addedBy: z.string(), confirmedBy: text })),
  scan: z
    .strictObject({
      name: z.string(),
      contentType: z.string(),
      sha256: z.string(),
      addedBy: z.string(),
      at: z.string(),
    })
    .nullable(),
})
export const readSheetView = async (store: Store, row: BaseSheetRow): Promise<z.infer<typeof sheetView>> => {
  const [vins, scan] = await Promise.all([store.bases.vinsOf(row.id), store.bases.scan(row.id)])
  return {
    ...sheetOf(row),
    data: JSON.parse(row.data) as Record<string, unknown>,
    vins: vins.map((v) => ({ first: v.first_vin, last: v.last_vin, addedBy: v.added_by, confirmedBy: v.confirmed_by })),
    scan: scan
      ? { name: scan.name, contentType: scan.content_type, sha256: scan.sha256, addedBy: scan.added_by, at: scan.at }
      : null,
  }
}
