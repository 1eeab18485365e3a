import { z } from 'zod'
import { duration } from './duration.ts'

/** An address over TLS without a password in it. */
export const httpsAddress = z
  .url({ protocol: /^https$/ })
  .refine((u) => new URL(u).username === '' && new URL(u).password === '', 'no user name or password in the address')

/** Name of a file of the site. */
export const siteFile = z.string().min(1).max(1_000)

export const headerName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/, 'the name of an HTTP header')

/** What every access point declares of its delivery; the rest of `DeliveryProfile` is the connector's own. */
export const deliverySettings = {
  timeout: duration(100, 600_000).prefault('60s'),
  /** Longest time after which something sent may still turn up there: decides when "not found" is believed. */
  maxProcessing: duration(0, 30 * 24 * 3_600_000).prefault('1h'),
  /** Only where the operator says so in writing: it decides whether an unknown outcome may be sent again. */
  idempotentByReference: z.boolean().default(false),
  versionAfterRejection: z.enum(['same', 'next']).default('same'),
  maxBytes: z.int().min(1_000).max(1_000_000_000).default(10_000_000),
  duplicate: z.enum(['ours', 'ask']).default('ask'),
} as const

/** What published guides leave open has defaults of ours. What confirmed them at this site: a document, a test that passed. */
export const confirmed = z.string().min(1).max(500).optional()
