/** What the list needs of a row; ids sort by the time the eCoC was made. */
interface Row {
  readonly id: string
}
export interface Page<R> {
  readonly items: readonly R[]
  readonly next: string | null
}

/**
 * Lays a fresh first page over the rows that are shown. The page rules over its own range of ids: what it lacks there
 * has left the filter. Rows below it stay. A page that does not reach down to the rows shown replaces them all.
 */
export const mergePage = <R extends Row>(shown: Page<R>, fresh: Page<R>): Page<R> => {
  const { next } = fresh
  const newest = shown.items[0]
  if (next === null || newest === undefined || next > newest.id) return fresh
  const below = shown.items.filter((row) => row.id < next)
  return below.length === 0 ? fresh : { items: [...fresh.items, ...below], next: shown.next }
}

/** Splits rows at the newest one that is shown: those above wait until they are wanted. */
export const holdBack = <R extends Row>(
  rows: readonly R[],
  newestShown: string | undefined,
): { shown: R[]; held: R[] } => ({
  shown: rows.filter((row) => newestShown === undefined || row.id <= newestShown),
  held: rows.filter((row) => newestShown !== undefined && row.id > newestShown),
})
