import { z } from 'zod'
import { scanXml } from './safe-xml.ts'
import { escape } from './xml-text.ts'

/** What a template may name. A retrieval has no `reference`, a query no `vin`: these are then empty. */
const placeholders = ['messageId', 'operation', 'action', 'endpoint', 'reference', 'vin'] as const
export type TemplateValues = Readonly<Record<(typeof placeholders)[number], string>>

const placeholder = /\{([A-Za-z]*)\}/g
const isKnown = (name: string): name is keyof TemplateValues => placeholders.includes(name as keyof TemplateValues)

/** A template with its values, escaped. */
export const fillTemplate = (template: string, values: TemplateValues): string =>
  template.replace(placeholder, (all, name: string) => (isKnown(name) ? escape(values[name]) : all))

const sample: TemplateValues = {
  messageId: 'm',
  operation: 'submit',
  action: 'a',
  endpoint: 'e',
  reference: 'r',
  vin: 'v',
}

/** Prefixes must be declared in the template, but for `soap`, which the envelope declares. */
const isContent = (template: string): boolean =>
  scanXml(Buffer.from(`<t xmlns:soap="urn:any">${fillTemplate(template, sample)}</t>`)).ok

/** XML content with placeholders such as `{messageId}`. */
export const template = z
  .string()
  .min(1)
  .max(8_000)
  .refine((text) => [...text.matchAll(placeholder)].every((m) => isKnown(m[1] ?? '')), {
    message: `an unknown placeholder; there are ${placeholders.map((p) => `{${p}}`).join(' ')}`,
  })
  .refine((text) => !text.includes('soap:Body'), 'the Body is not part of a template')
  .refine(isContent, 'no well-formed XML content (prefixes but for soap are declared in it)')
