import { z } from 'zod'
import { routingTable } from '../routing/routing-table.ts'
import { duration } from './durations.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a short name of small letters, digits and hyphens')
const file = z.string().min(1)

const keyFile = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pem'), key: file, certificates: z.array(file).min(1) }),
  z.strictObject({ kind: z.literal('pkcs12'), file, passwordFile: file }),
])

const source = z.strictObject({
  name,
  connector: name,
  mapper: name,
  poll: duration.prefault('10s').describe('How often the source is looked at.'),
  stablePolls: z.int().min(1).max(100).default(2).describe('Polls in a row that must show a file unchanged.'),
  maxBytes: z.int().positive().default(2_000_000_000),
  config: z.record(z.string(), z.unknown()).describe("The connector's own settings."),
})

const accessPoint = z.strictObject({
  name,
  connector: name,
  environment: z.enum(['sandbox', 'acceptance', 'production']),
  tls: z.strictObject({ certificate: file, key: file, trustAnchors: z.array(file).min(1) }).optional(),
  config: z.record(z.string(), z.unknown()),
})

const uniqueNames = (all: readonly { readonly name: string }[]): boolean =>
  new Set(all.map((a) => a.name)).size === all.length
const twice = 'two have the same name'

const declarations = z.strictObject({
  site: z.strictObject({
    name: z.string().min(1),
    timeZone: z.string().default('UTC').describe('The plant’s time zone (IANA), for calendar dates.'),
    settings: z.record(z.string(), z.string()).default({}).describe('Constants that mappers read.'),
  }),
  http: z.strictObject({ allowedHosts: z.array(z.string()).default([]) }).prefault({}),
  mappers: file.default('mappers').describe('Folder of mapper files, relative to the configuration.'),
  signer: z.strictObject({ name: z.string().default('seal'), key: keyFile }),
  trustAnchors: z.array(file).default([]).describe('Certificates that base eCoCs may be signed under.'),
  sources: z.array(source).min(1).refine(uniqueNames, twice),
  accessPoints: z.array(accessPoint).min(1).refine(uniqueNames, twice),
  routing: routingTable.describe('Which document goes to which access point.'),
  delivery: z
    .strictObject({
      firstRetry: duration.prefault('3min'),
      retryFactor: z.number().min(1).max(10).default(2),
      longestRetry: duration.prefault('1h'),
      probeEvery: duration.prefault('60s'),
      failuresToOpen: z.int().min(1).default(5),
      parallel: z.int().min(1).max(32).default(4),
    })
    .prefault({}),
  base: z.strictObject({ retry: duration.prefault('10min') }).prefault({}),
  writeBack: z.strictObject({ gather: duration.prefault('2s') }).prefault({}),
})

const sameEnvironment = ({ accessPoints, routing }: z.infer<typeof declarations>): boolean =>
  accessPoints.every((a) => a.environment === routing.environment)

/** `gateway.yaml`: everything a site declares. One schema → parser, lint, form and reference page. */
export const configSchema = declarations.refine(sameEnvironment, {
  path: ['routing', 'environment'],
  message: 'every access point must be of this environment: test documents never go to a production access point',
})
export type GatewayConfig = z.infer<typeof configSchema>
/** The shape before defaults are filled in: what stands in the file. */
export type GatewayConfigInput = z.input<typeof configSchema>
