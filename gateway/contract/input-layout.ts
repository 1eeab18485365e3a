/** How the rows of a source become records: the `input` part of a mapper. */
export interface InputLayout {
  readonly format: 'csv' | 'json' | 'xml' | 'xlsx'
  readonly csv?: {
    readonly delimiter: string
    /** WHATWG label, such as `windows-1252` or `utf-8`. */
    readonly encoding: string
    readonly decimal: ',' | '.'
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
  /** For `date`: a pattern of DD MM YYYY, such as `DD.MM.YYYY`. */
  readonly format?: string
  /** For `code`: the values allowed. */
  readonly values?: readonly string[]
  readonly maxLength?: number
  readonly fractionDigits?: number
}
