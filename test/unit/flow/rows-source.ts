import type { OpenRows, RecordStatus, SourceRow, Watermark } from '../../../gateway/contract/index.ts'

const compare = (a: Watermark, b: Watermark): number =>
  a.stamp === b.stamp ? (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) : a.stamp < b.stamp ? -1 : 1

/** A table in memory that behaves as a good source of rows does. */
export const rowsSource = () => {
  const table = new Map<string, SourceRow>()
  const asked: (Watermark | undefined)[] = []
  const settled: string[] = []
  const told: RecordStatus[] = []
  const open: OpenRows = {
    kind: 'rows',
    async page(after, limit) {
      asked.push(after)
      const all = [...table.values()].sort(compare)
      return all.filter((row) => !after || compare(row, after) > 0).slice(0, limit)
    },
    async settle(rows) {
      settled.push(...rows.map((row) => row.key))
    },
    async writeStatus(status) {
      told.push(status)
    },
    close: () => Promise.resolve(),
  }
  const put = (key: string, stamp: string, fields: SourceRow['fields']): void =>
    void table.set(key, { key, stamp, fields })
  return { open, put, table, asked, settled, told }
}
