import { z } from 'zod'
import { modes } from '../contract/modes.ts'
import { routingTable } from '../routing/routing-table.ts'
import { signerKey } from '../signers/find-signer-kinds.ts'
import { profileFaults, signerProfile } from '../signers/profile.ts'
import { duration } from './durations.ts'
import { environmentFaults } from './environments.ts'
import { accessPoint } from './parts/access-point.ts'
import { base } from './parts/base.ts'
import { delivery } from './parts/delivery.ts'
import { drift } from './parts/drift.ts'
import { file, name, twice, uniqueCodes, uniqueMappers, uniqueNames } from './parts/names.ts'
import { signOff } from './parts/sign-off.ts'
import { source } from './parts/source.ts'
import { trust } from './parts/trust.ts'
import { signatureFaults } from './signature-faults.ts'

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
  trust: trust.prefault({}),
  sources: z.array(source).min(1).refine(uniqueNames, twice),
  accessPoints: z.array(accessPoint).min(1).refine(uniqueNames, twice),
  flows: z.array(flow).default([]).refine(uniqueMappers, 'a flow stands here twice'),
  routing: routingTable.describe('Which document goes to which access point.'),
  delivery: delivery.prefault({}),
  base: base.prefault({}),
  drift: drift.prefault({}),
  signOff: signOff.prefault({}),
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
    for (const { path, message } of signatureFaults(config)) context.addIssue({ code: 'custom', path, message })
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
