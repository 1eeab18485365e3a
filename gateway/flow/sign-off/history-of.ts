import { type Trend, trendOf } from '../../drift/trend.ts'
import type { Store } from '../../store/store.ts'
import { instant } from '../../support/clock.ts'

/** How far the last vehicles of a variant were off in one field, percent, oldest first. */
export interface History {
  readonly field: string
  readonly values: readonly { readonly vin: string; readonly at: string; readonly deviation: number }[]
  readonly trend: Trend
}
/** A field of a variant, and whether its mean moved. */
export interface TrendLine extends Trend {
  readonly variant: string
  readonly field: string
  readonly latest: string
}

const vehicles = 100
const mostTrends = 500

/** The last hundred vehicles of a variant, field by field. */
export const historyOf = async (variant: string, { weighings }: Pick<Store, 'weighings'>): Promise<History[]> => {
  const rows = await weighings.driftOf(variant, vehicles)
  return [...Map.groupBy(rows, (r) => r.field)].map(([field, of]) => ({
    field,
    values: of.map(({ vin, at, deviation }) => ({ vin, at, deviation })),
    trend: trendOf(of.map((r) => r.deviation)),
  }))
}

/** The fields of every variant that was built since: what moved first, then the one heard of last. */
export const trendLines = async (store: Pick<Store, 'weighings'>, since: Date): Promise<TrendLine[]> => {
  const known = await store.weighings.trends(instant(since), mostTrends)
  const lines: TrendLine[] = []
  for (const [variant, fields] of Map.groupBy(known, (k) => k.variant))
    for (const { field, trend } of await historyOf(variant, store))
      lines.push({ variant, field, latest: fields.find((f) => f.field === field)?.latest ?? '', ...trend })
  return lines.sort((a, b) => Number(b.alert) - Number(a.alert) || b.latest.localeCompare(a.latest))
}
