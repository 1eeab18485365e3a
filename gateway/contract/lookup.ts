/** A look-up as a mapper declares it: the caller finds the row, so that mapping stays pure. */
export interface LookupSpec {
  readonly name: string
  /** A CSV file in the folder of look-ups, by its name alone. */
  readonly csv: string
  readonly delimiter: string
  /** WHATWG label, such as `utf-8`. */
  readonly encoding: string
  readonly keyColumn: string
  readonly columns: readonly string[]
}

/** What to look up for one record. An empty key finds nothing. */
export interface LookupRequest {
  /** That of the look-up. */
  readonly name: string
  readonly key: string
}

/** One row that a look-up found: column → value. */
export type LookupRow = Readonly<Record<string, string>>

/** What was found for one record, by the names of the look-ups; absent where the key was not found. */
export type LookupRows = Readonly<Record<string, LookupRow | undefined>>
