import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GatewayError, type LookupRequest, type LookupRows, type LookupSpec } from '../contract/index.ts'
import { type CsvTable, readCsvTable, type TableLimits } from './read-csv-table.ts'

export interface LookupCount {
  readonly found: number
  readonly missed: number
  readonly failed: number
  /** How often the file was read. */
  readonly reads: number
}
export interface Enrichment {
  /**
   * Finds the rows for one record. A key that is not there is absent: whether that matters, the mapper says.
   * @throws GatewayError (config) ENR-001 … ENR-003 for a table that cannot be used, ENR-004 for a key that means two things
   */
  readonly resolve: (specs: readonly LookupSpec[], requests: readonly LookupRequest[]) => Promise<LookupRows>
  /** By look-up, for metrics. */
  readonly counts: () => ReadonlyMap<string, LookupCount>
}

export interface EnrichmentOptions extends Partial<TableLimits> {
  /** The folder in which the files of look-ups lie. */
  readonly folder: string
  /** Tables kept at once; the one not asked for longest goes first. */
  readonly maxTables?: number
  /** How long a table is used without looking whether its file has changed, in milliseconds. */
  readonly trustMs?: number
  /** Milliseconds of any clock that runs evenly. */
  readonly now?: () => number
}

interface Kept {
  readonly version: string
  readonly table: Promise<CsvTable>
  lookedAt: number
}

/** Makes the look-ups of a gateway: CSV tables, kept in memory until their file has another time or size. */
export const makeEnrichment = ({
  folder,
  maxTables = 16,
  maxRows = 500_000,
  maxSize = 64_000_000,
  trustMs = 1000,
  now = () => performance.now(),
}: EnrichmentOptions): Enrichment => {
  const kept = new Map<string, Kept>()
  const counts = new Map<string, { found: number; missed: number; failed: number; reads: number }>()
  const countOf = (name: string) => {
    let count = counts.get(name)
    if (!count) counts.set(name, (count = { found: 0, missed: 0, failed: 0, reads: 0 }))
    return count
  }

  const tableOf = async (spec: LookupSpec): Promise<CsvTable> => {
    const id = JSON.stringify([spec.csv, spec.delimiter, spec.encoding, spec.keyColumn, spec.columns])
    const there = kept.get(id)
    if (there && now() - there.lookedAt < trustMs) {
      kept.delete(id)
      kept.set(id, there)
      return there.table
    }
    const path = join(folder, spec.csv)
    const version = await stat(path).then(
      ({ mtimeMs, size }) => `${mtimeMs}/${size}`,
      () => '',
    )
    // Another call may have read it meanwhile.
    const known = kept.get(id)
    if (known?.version === version) {
      known.lookedAt = now()
      return known.table
    }
    countOf(spec.name).reads++
    const table = readCsvTable(path, spec, { maxRows, maxSize })
    const entry: Kept = { version, table, lookedAt: now() }
    kept.delete(id)
    kept.set(id, entry)
    for (const oldest of kept.keys()) if (kept.size > maxTables) kept.delete(oldest)
    // What could not be read is asked for again.
    table.catch(() => {
      if (kept.get(id) === entry) kept.delete(id)
    })
    return table
  }

  const find = async (spec: LookupSpec, key: string): Promise<LookupRows[string]> => {
    const count = countOf(spec.name)
    try {
      const table = await tableOf(spec)
      if (table.ambiguous.has(key))
        throw new GatewayError({
          kind: 'config',
          code: 'ENR-004',
          message: `Look-up ${spec.name}: ${spec.csv} has several rows for "${key.slice(0, 60)}" that differ.`,
          hint: 'Leave one of them.',
          params: { lookup: spec.name, key: key.slice(0, 60) },
        })
      const row = table.rows.get(key)
      count[row ? 'found' : 'missed']++
      return row && Object.fromEntries(spec.columns.map((column, i) => [column, row[i] ?? '']))
    } catch (error) {
      count.failed++
      throw error
    }
  }

  return {
    resolve: async (specs, requests) => {
      const found: Record<string, LookupRows[string]> = {}
      for (const { name, key } of requests) {
        const spec = specs.find((s) => s.name === name)
        if (spec && key !== '') found[name] = await find(spec, key)
      }
      return found
    },
    counts: () => counts,
  }
}
