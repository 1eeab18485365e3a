import { z } from 'zod'

const text = z.string()
const orNull = z.string().nullable()
const count = z.number().int()
const refusals = z.strictObject({ records: count, example: orNull })
const testResult = z.strictObject({ name: text, ok: z.boolean(), problems: z.array(text) })
const difference = z.strictObject({
  records: count.describe('The latest records of the mapper that both versions were tried on'),
  changed: count,
  nowRefused: refusals,
  nowMapped: refusals,
  refusedByBoth: count,
  elements: z.array(
    z.strictObject({
      element: text,
      records: count,
      added: count,
      removed: count,
      example: z.strictObject({ vin: text, path: text, from: orNull, to: orNull }),
    }),
  ),
})
const files = z.array(z.strictObject({ yaml: text, variants: text })).describe('The exact text')
const proposal = z.strictObject({
  version: text,
  sha256: text,
  comment: text,
  proposedBy: text,
  at: text,
  tests: z.array(testResult),
  difference,
})

/** A mapper in the list: what runs, what lies in the folder, what was released last. */
export const mapperStanding = z.strictObject({
  name: text,
  title: text,
  runs: z
    .strictObject({ from: z.enum(['file', 'release']), number: count.nullable(), version: text, sha256: text })
    .nullable(),
  draft: z.strictObject({ version: orNull, sha256: orNull, problem: orNull }).nullable(),
  latest: z.strictObject({ number: count, sha256: text }).nullable(),
  isProposed: z.boolean(),
})
export const mapperList = z.strictObject({ items: z.array(mapperStanding) })
export const mapperDetail = z.strictObject({
  ...mapperStanding.shape,
  fourEyes: z.boolean(),
  files,
  proposal: z.strictObject({ ...proposal.shape, files }).nullable(),
  releases: z.array(z.strictObject({ ...proposal.shape, number: count, backTo: count.nullable(), releasedBy: text })),
})

const finding = z.strictObject({
  code: text,
  layer: text,
  severity: z.enum(['error', 'warning', 'info']),
  path: text,
  message: text,
  params: z.record(text, z.union([text, z.number()])).optional(),
})
const suggestions = z.array(z.strictObject({ field: text, element: text, score: count, line: text }))
export const mapperPreview = z.strictObject({
  mapper: z.strictObject({ name: text, version: text, sha256: text }),
  vehicle: z.strictObject({ vin: text, category: orNull, stage: z.enum(['I', 'C', 'V']).nullable() }),
  mapped: z.boolean(),
  fields: z.array(
    z.strictObject({
      path: text,
      element: text,
      item: text,
      label: text,
      source: text,
      read: z.array(z.strictObject({ field: text, value: text })),
      expression: text,
      value: text,
      unit: text,
      required: z.enum(['required', 'conditional', 'absent', 'open']),
      findings: z.array(finding),
    }),
  ),
  unmapped: z.array(
    z.strictObject({
      path: text,
      element: text,
      item: text,
      label: text,
      unit: text,
      by: z.enum(['form', 'schema']),
      suggestions,
    }),
  ),
  unused: z.array(z.strictObject({ field: text, value: text, declared: z.boolean(), suggestions })),
  findings: z.array(finding),
})
