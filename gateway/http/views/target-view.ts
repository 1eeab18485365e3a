import { z } from 'zod'
import { states } from '../../contract/index.ts'
import type { Store } from '../../store/store.ts'
import type { EcocRow } from '../../store/tables.ts'

const orNull = z.string().nullable()

/** Where an eCoC goes, and why. */
export const targetView = z.strictObject({
  profile: orNull,
  accessPoint: orNull,
  environment: orNull,
  reasons: z.array(z.string()).describe('In the order in which they were weighed'),
  overEucaris: z.array(z.string()).describe('States that retrieve the document over EUCARIS, by ISO code'),
  remarks: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  documents: z
    .array(
      z.strictObject({
        id: z.string(),
        profile: orNull,
        accessPoint: orNull,
        state: z.enum(states),
        own: z.boolean().describe('The vehicle’s own document; the others are further ones'),
      }),
    )
    .describe('All documents of the vehicle from this record, this one too'),
  otherAccessPoints: z.array(z.string()).describe('Where it may be sent instead; none once it left'),
})
export type TargetView = z.infer<typeof targetView>

const routed = z.looseObject({
  reasons: z.array(z.string()),
  overEucaris: z.array(z.string()).default([]),
  remarks: z.array(z.strictObject({ code: z.string(), message: z.string() })).default([]),
})

/** The reasons stand in the audit event of the last routing. */
const whyOf = async (store: Store, { id }: EcocRow): Promise<z.infer<typeof routed>> => {
  const events = await store.events.of(id)
  for (const { detail } of events.toReversed()) {
    const read = routed.safeParse(JSON.parse(detail))
    if (read.success) return read.data
  }
  return { reasons: [], overEucaris: [], remarks: [] }
}

export const targetViewOf = async (
  store: Store,
  row: EcocRow,
  otherAccessPoints: (ecoc: EcocRow) => readonly string[],
): Promise<TargetView> => {
  const [why, further, open] = await Promise.all([
    whyOf(store, row),
    store.ecocs.siblings(row.mapper, row.record_key, row.mode),
    store.ecocs.openOf(row.vin, row.mode),
  ])
  const own = open.filter((e) => !e.sibling_of && e.mapper === row.mapper && e.record_key === row.record_key)
  // Of each further document the newest: what was cancelled and came again is history.
  const newest = new Map(further.filter((e) => e.state !== 'superseded').map((e) => [e.profile, e]))
  const all = [...own, ...newest.values()]
  const documents = all.some((e) => e.id === row.id) ? all : [row, ...all]
  return {
    profile: row.profile,
    accessPoint: row.access_point,
    environment: row.environment,
    reasons: why.reasons,
    overEucaris: why.overEucaris,
    remarks: why.remarks,
    documents: documents.map((e) => ({
      id: e.id,
      profile: e.profile,
      accessPoint: e.access_point,
      state: e.state,
      own: !e.sibling_of,
    })),
    otherAccessPoints: [...otherAccessPoints(row)],
  }
}
