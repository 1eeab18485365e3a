import { z } from 'zod'
import type { Explanation } from '../../receipts/explain-message.ts'
import type { RejectionGroup } from '../../receipts/group-rejections.ts'

const text = z.string()
const orNull = text.nullable()

/** One message of an authority in plain words, beside its own. */
export const explanationView = z.strictObject({
  code: text.describe('The authority’s code'),
  text: text.describe('The authority’s own text'),
  severity: z.enum(['error', 'warning', 'info']),
  element: orNull,
  path: orNull,
  label: orNull,
  item: orNull.describe('Number on the certificate'),
  value: orNull.describe('What our document says there'),
  provenance: orNull.describe('Where that came from'),
  whose: z.enum(['source', 'master-data', 'base', 'mapping', 'certificate', 'registration', 'access-point']),
  whoseLabel: text.describe('Who can mend it'),
  meaning: text,
  change: text.describe('What to change, and where'),
})

export const explanationOf = (e: Explanation): z.infer<typeof explanationView> => ({
  ...e,
  element: e.element ?? null,
  path: e.path ?? null,
  label: e.label ?? null,
  item: e.item ?? null,
  value: e.value ?? null,
  provenance: e.provenance ?? null,
})

export const rejectedVehicle = z.strictObject({ id: text, vin: text, at: text })
export const groupView = z.strictObject({
  key: text.describe('Names the cause; a filter of POST /ecocs/bulk'),
  accessPoint: text,
  count: z.number().int(),
  vins: z.array(text).describe('Some of them, newest first'),
  first: text.describe('When the oldest came'),
  last: text.describe('When the newest came'),
  explanation: explanationView,
})

const examples = 5

export const groupOf = (group: RejectionGroup, explanation: Explanation): z.infer<typeof groupView> => {
  const times = group.vehicles.map((v) => v.at).sort()
  return {
    key: group.key,
    accessPoint: group.accessPoint,
    count: group.vehicles.length,
    vins: group.vehicles.slice(0, examples).map((v) => v.vin),
    first: times[0] ?? '',
    last: times.at(-1) ?? '',
    explanation: explanationOf(explanation),
  }
}
