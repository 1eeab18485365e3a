import { z } from 'zod'
import type { InputField, InputLayout } from '../contract/input-layout.ts'

/** The shape of a mapper file. All scalars are text: YAML's own types are left out so that `NO` and `0612` stay what they are. */
/** Labels of the WHATWG encoding standard, which the platform decodes by. */
const isEncoding = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

const text = z.string().min(1)
const whole = z
  .string()
  .regex(/^\d{1,6}$/, 'a whole number is expected')
  .transform(Number)
const flag = z.enum(['true', 'false']).transform((v) => v === 'true')
/** A value source: which kinds there are and what they hold is known to each kind itself. */
export const anySource = z.record(z.string(), z.unknown())
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, 'letters, digits and _ are expected')

const inputField = z.strictObject({
  type: z.enum(['text', 'vin', 'decimal', 'integer', 'date', 'code', 'object', 'list']),
  required: flag.optional(),
  format: text.optional(),
  values: z.array(text).min(1).optional(),
  maxLength: whole.optional(),
  fractionDigits: whole.optional(),
  empty: z.array(text).min(1).max(20).optional(),
  sign: z.literal('trailing').optional(),
  at: whole.optional(),
  length: whole.optional(),
})
const csv = z.strictObject({
  delimiter: z.enum([';', ',', '|', '\t', 'tab']),
  encoding: z
    .string()
    .regex(/^[A-Za-z0-9-]{3,20}$/, 'a character set such as utf-8 is expected')
    .refine(isEncoding, 'is no character set the gateway knows, such as utf-8 or windows-1252'),
  decimal: z.enum([',', '.']),
})
const fixed = z.strictObject({
  encoding: csv.shape.encoding,
  decimal: csv.shape.decimal,
  skipLines: whole.optional(),
  skip: z.array(text).max(20).optional(),
})
const xml = z.strictObject({
  record: z
    .string()
    .regex(/^(\/[^\s/@[\]]{1,100}){2,16}$/, 'a path such as /VEHICLES/VEHICLE is expected')
    .optional(),
  lists: z.array(text).max(99).optional(),
  encoding: csv.shape.encoding.optional(),
})
const xlsx = z.strictObject({ sheet: z.string().min(1).max(31).optional(), headerRow: whole.optional() })
const input = z.strictObject({
  format: z.enum(['csv', 'fixed', 'json', 'ndjson', 'xml', 'xlsx']),
  csv: csv.optional(),
  fixed: fixed.optional(),
  xml: xml.optional(),
  xlsx: xlsx.optional(),
  recordKey: z.array(text).min(1).max(8),
  vin: text,
  fields: z.record(z.string(), inputField),
})
const take = z.union([
  z.literal('all'),
  z.strictObject({ except: z.array(text) }),
  z.strictObject({ only: z.array(text) }),
])
const gate = z.strictObject({
  field: text,
  equals: text,
  code: z.string().regex(/^[A-Z]{2,5}(-[A-Z]{2,8})?-\d{3}$/, 'a code such as MAP-COP-001 is expected'),
  message: text,
})

const table = z.strictObject({
  codes: z.record(z.string(), z.string().min(1)),
  otherwise: z.union([z.literal('refuse'), z.strictObject({ value: text })]),
})
const lookup = z.strictObject({
  csv: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.csv$/i, 'the name of a CSV file without folder is expected'),
  delimiter: csv.shape.delimiter.optional(),
  encoding: csv.shape.encoding.optional(),
  key: text,
  keyColumn: text,
  columns: z.array(name).min(1).max(99),
})
const resolution = z.strictObject({
  when: z.record(z.string(), z.union([text, z.array(text).min(1)])),
  from: text.optional(),
  until: text.optional(),
  approval: text.optional(),
  type: text,
  variant: text,
  version: text,
})
const configurator = z.strictObject({
  list: text.optional(),
  name: text.optional(),
  value: z.union([text, z.array(text).min(1).max(8)]).optional(),
  pairs: z.strictObject({ field: text, separator: text, equals: text }).optional(),
  characteristics: z.record(name, inputField),
  resolve: z.union([z.array(resolution).min(1).max(10_000), z.strictObject({ csv: lookup.shape.csv })]).optional(),
})
export type ConfiguratorSpec = z.infer<typeof configurator>
export type Resolution = z.infer<typeof resolution>

export const mapperFormat = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens are expected'),
  version: z.string().regex(/^\d{1,5}(\.\d{1,5}){0,2}$/, 'a version such as 1.0 is expected'),
  title: text,
  ivi: z.string().regex(/^\d{1,2}\.\d{1,2}$/, 'a release of IVI such as 2.0 is expected'),
  input,
  approval: z
    .strictObject({
      number: anySource.optional(),
      type: anySource.optional(),
      variant: anySource.optional(),
      version: anySource.optional(),
      dateOfManufacture: anySource,
    })
    .optional(),
  base: z.enum(['required', 'optional', 'none']),
  gate: z.array(gate).optional(),
  constants: z
    .record(name, z.union([z.string(), z.strictObject({ expr: text })]))
    .refine((constants) => Object.keys(constants).length <= 500, 'at most 500 constants are allowed')
    .optional(),
  tables: z.record(name, table).optional(),
  lookups: z.record(name, lookup).optional(),
  configurator: configurator.optional(),
  take: z.strictObject({ base: take.optional(), approval: take.optional() }).optional(),
  rowKeys: z.record(z.string(), text).optional(),
  map: z.record(z.string(), anySource),
  facts: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), anySource).optional(),
})
export type MapperFile = z.infer<typeof mapperFormat>
export type Take = z.infer<typeof take>

const withDefined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

/** The mapper's `input` part as the inbox reads it. A field is required unless it says otherwise. */
export const inputLayoutOf = ({ input: from }: MapperFile): InputLayout => ({
  format: from.format,
  ...(from.csv ? { csv: { ...from.csv, delimiter: from.csv.delimiter === 'tab' ? '\t' : from.csv.delimiter } } : {}),
  ...(from.fixed ? { fixed: withDefined(from.fixed) } : {}),
  ...(from.xml ? { xml: withDefined(from.xml) } : {}),
  ...(from.xlsx ? { xlsx: withDefined(from.xlsx) } : {}),
  fields: Object.entries(from.fields).map(([name, spec]): InputField => ({
    ...withDefined(spec),
    name,
    required: spec.required ?? true,
  })),
  recordKey: from.recordKey,
  vin: from.vin,
})
