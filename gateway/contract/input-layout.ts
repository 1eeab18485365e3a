/** How the rows of a source become records: the `input` part of a mapper. */
export interface InputLayout {
  readonly format: 'csv' | 'fixed' | 'json' | 'ndjson' | 'xml' | 'xlsx'
  readonly csv?: {
    readonly delimiter: string
    /** WHATWG label, such as `windows-1252` or `utf-8`. */
    readonly encoding: string
    readonly decimal: ',' | '.'
  }
  /** Lines of fixed width: each field says where it stands. */
  readonly fixed?: {
    /** WHATWG label. */
    readonly encoding: string
    readonly decimal: ',' | '.'
    /** Lines at the beginning that are no rows. */
    readonly skipLines?: number
    /** Characters that a line of the file begins with where it is no row, such as a trailer's mark. */
    readonly skip?: readonly string[]
  }
  readonly xml?: {
    /** The way to the element that is one record, by local names from the root: `/VEHICLES/VEHICLE`. Absent: each child of the root. */
    readonly record?: string
    /** Elements inside a record that are lists even where only one stands there: `AXLES/AXLE`. */
    readonly lists?: readonly string[]
    /** WHATWG label; `utf-8` when absent. What the file itself declares must agree. */
    readonly encoding?: string
  }
  readonly xlsx?: {
    /** By its name; the first one when absent. */
    readonly sheet?: string
    /** 1-based row that names the columns; the first row that is not empty when absent. */
    readonly headerRow?: number
  }
  readonly fields: readonly InputField[]
  /** Fields whose values, joined by `/`, are the record key; `=text` is a constant part. */
  readonly recordKey: readonly string[]
  /** The field that holds the VIN. */
  readonly vin: string
}

export interface InputField {
  readonly name: string
  readonly type: 'text' | 'vin' | 'decimal' | 'integer' | 'date' | 'code' | 'object' | 'list'
  readonly required: boolean
  /** For `date`: a pattern such as `DD.MM.YYYY` or `YYYY-MM-DD*` (gateway/support/date-pattern.ts). */
  readonly format?: string
  /** For `code`: the values allowed. */
  readonly values?: readonly string[]
  readonly maxLength?: number
  readonly fractionDigits?: number
  /** Texts that mean nothing here: `00000000`, `1900-01-01`, `9999-12-31`. */
  readonly empty?: readonly string[]
  /** `trailing`: a minus may stand behind the number. */
  readonly sign?: 'trailing'
  /** In lines of fixed width: 1-based column, and how many characters. */
  readonly at?: number
  readonly length?: number
}

/** The decimal mark of numbers in the records; formats with numbers of their own have a point. */
export const decimalMarkOf = ({ csv, fixed }: Pick<InputLayout, 'csv' | 'fixed'>): ',' | '.' =>
  (csv ?? fixed)?.decimal ?? '.'
