import { z } from 'zod'

/** Namespace of the wrapper elements unless the profile names another: the one the simulated access point speaks. */
export const DEFAULT_NAMESPACE = 'urn:ecoc-gateway:simulated-access-point:1'

const unitMs = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const

/** A time span as people write it: `500ms`, `60s`, `15min`, `2h`; milliseconds inside. */
export const duration = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}(ms|s|min|h)$/, 'a time span such as 500ms, 60s, 15min or 2h')
    .transform((text) => {
      const unit = text.replace(/^\d+/, '') as keyof typeof unitMs
      return Number.parseInt(text, 10) * unitMs[unit]
    })
    .pipe(z.number().min(least).max(most))

/** An element by namespace and name; the namespace is empty where a schema leaves its local elements unqualified. */
export const qname = z.strictObject({
  namespace: z.string().max(500),
  name: z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/, 'an XML element name'),
})
export type QName = z.infer<typeof qname>
export const named = (name: string): QName => ({ namespace: DEFAULT_NAMESPACE, name })

/** A file of the site: key, certificate or password. */
export const siteFile = z.string().min(1).max(1_000)
