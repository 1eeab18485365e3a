/** How the rows of a source become records: the `input` part of a mapper. */
export interface InputLayout {
  readonly format: 'csv' | 'json'
  readonly csv?: {
    readonly delimiter: string
    /** WHATWG label, such as `windows-1252` or `utf-8`. */
    readonly encoding: string
    readonly decimal: ',' | '.'
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
