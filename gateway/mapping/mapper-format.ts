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
const anySource = z.record(z.string(), z.unknown())

const inputField = z.strictObject({
  type: z.enum(['text', 'vin', 'decimal', 'integer', 'date', 'code', 'object', 'list']),
  required: flag.optional(),
  format: text.optional(),
  values: z.array(text).min(1).optional(),
  maxLength: whole.optional(),
  fractionDigits: whole.optional(),
})
const csv = z.strictObject({
  delimiter: z.enum([';', ',', '|', '\t', 'tab']),
  encoding: z
    .string()
    .regex(/^[A-Za-z0-9-]{3,20}$/, 'a character set such as utf-8 is expected')
    .refine(isEncoding, 'is no character set the gateway knows, such as utf-8 or windows-1252'),
  decimal: z.enum([',', '.']),
})
const input = z.strictObject({
  format: z.enum(['csv', 'json']),
  csv: csv.optional(),
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

export const mapperFormat = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens are expected'),
  version: z.string().regex(/^\d{1,5}(\.\d{1,5}){0,2}$/, 'a version such as 1.0 is expected'),
  title: text,
  ivi: z.literal('2.0'),
  input,
  approval: z
    .strictObject({
      number: anySource.optional(),
      type: anySource,
      variant: anySource,
      version: anySource,
      dateOfManufacture: anySource,
    })
    .optional(),
  base: z.enum(['required', 'optional', 'none']),
  gate: z.array(gate).optional(),
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
  fields: Object.entries(from.fields).map(([name, spec]): InputField => ({
    ...withDefined(spec),
    name,
    required: spec.required ?? true,
  })),
  recordKey: from.recordKey,
  vin: from.vin,
})
