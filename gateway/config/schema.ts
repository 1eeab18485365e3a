import { z } from 'zod'
import { modes } from '../contract/modes.ts'
import { routingTable } from '../routing/routing-table.ts'
import { signerKey } from '../signers/find-signer-kinds.ts'
import { profileFaults, signerProfile } from '../signers/profile.ts'
import { duration } from './durations.ts'
import { environmentFaults } from './environments.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a short name of small letters, digits and hyphens')
const file = z.string().min(1)

const webAddress = z.string().regex(/^https?:\/\/[^\s]+$/, 'an address that begins with http:// or https://')

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
  testOf: name
    .optional()
    .describe(
      'The access point whose acceptance environment this is: flows in test mode submit here instead of there.',
    ),
  tls: z.strictObject({ certificate: file, key: file, trustAnchors: z.array(file).min(1) }).optional(),
  config: z.record(z.string(), z.unknown()),
})

const flow = z.strictObject({
  mapper: name.describe('A flow is named by its mapper.'),
  mode: z.enum(modes).default('live').describe('The mode it begins with; afterwards `ecoc mode` switches it.'),
  goLive: z
    .strictObject({
      testEcocs: z.int().min(0).max(10_000).default(10).describe('Test eCoCs that must be accepted per access point.'),
      matchRate: z
        .number()
        .min(0)
        .max(100)
        .default(100)
        .describe('Percentage of vehicles that must agree with the earlier process in a parallel run.'),
    })
    .prefault({}),
})

const ruleSwitch = z.strictObject({
  code: z.string().min(1).describe('Code of a content rule, such as CHK-TOW-004 (docs/rules.md).'),
  severity: z.enum(['warning', 'info', 'off']),
  reason: z.string().trim().min(1).max(500).describe('Why; stands in the findings and in the audit.'),
})

const uniqueCodes = (all: readonly { readonly code: string }[]): boolean =>
  new Set(all.map((a) => a.code)).size === all.length
const uniqueMappers = (all: readonly { readonly mapper: string }[]): boolean =>
  new Set(all.map((a) => a.mapper)).size === all.length
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
  mappersRelease: z
    .enum(['file', 'released'])
    .default('file')
    .describe('Whether a flow runs the mapper as its file stands at the start, or its latest release.'),
  fourEyes: z
    .boolean()
    .default(false)
    .describe('A mapper is proposed by one person and released by another; needs `mappersRelease: released`.'),
  signer: z
    .strictObject({ name: z.string().min(1).default('seal'), key: signerKey })
    .optional()
    .describe('The one signer of a site: signs everything.'),
  signers: z.array(signerProfile).min(1).max(100).optional().describe('Several signers, each with what it signs.'),
  trustAnchors: z.array(file).default([]).describe('Certificates that base eCoCs may be signed under.'),
  trust: z
    .strictObject({
      lotlUrl: webAddress.optional().describe('Where `ecoc trust fetch` gets the list of lists.'),
      proxy: webAddress.optional().describe('Proxy for trusted lists.'),
      territories: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'two capitals as in the lists, such as NL or EL'))
        .default([])
        .describe('Whose lists are fetched; all when empty.'),
    })
    .prefault({}),
  sources: z.array(source).min(1).refine(uniqueNames, twice),
  accessPoints: z.array(accessPoint).min(1).refine(uniqueNames, twice),
  flows: z.array(flow).default([]).refine(uniqueMappers, 'a flow stands here twice'),
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
  checks: z
    .strictObject({ rules: z.array(ruleSwitch).default([]).refine(uniqueCodes, 'a rule is switched twice') })
    .prefault({})
    .describe('Content rules that this site hears more softly or not at all.'),
  writeBack: z.strictObject({ gather: duration.prefault('2s') }).prefault({}),
})

/** `gateway.yaml`: everything a site declares. One schema → parser, lint, form and reference page. */
export const configSchema = declarations
  .transform(({ signer, signers, ...config }, context) => {
    if ((signer === undefined) === (signers === undefined))
      context.addIssue({ code: 'custom', path: [], message: 'name either `signer` or `signers`' })
    // One signer is a profile without conditions.
    return { ...config, signers: signers ?? (signer === undefined ? [] : [{ ...signer, signs: {} }]) }
  })
  .superRefine((config, context) => {
    for (const { path, message } of profileFaults(config.signers, new Set(config.accessPoints.map((a) => a.name))))
      context.addIssue({ code: 'custom', path: ['signers', ...path], message })
    for (const { path, message } of environmentFaults(config))
      context.addIssue({ code: 'custom', path: [...path], message })
    if (config.fourEyes && config.mappersRelease === 'file')
      context.addIssue({
        code: 'custom',
        path: ['fourEyes'],
        message: 'needs mappersRelease: released; else whoever edits the file decides alone',
      })
  })
export type GatewayConfig = z.infer<typeof configSchema>
/** The shape before defaults are filled in: what stands in the file. */
export type GatewayConfigInput = z.input<typeof configSchema>
