import { z } from 'zod'
import { signerKey } from './find-signer-kinds.ts'

const text = (longest: number) => z.string().trim().min(1).max(longest)
/** The first parts of an approval number: `e4`, `e4*2018/858`, `e4*2018/858*00123`. */
const approvalStart = z
  .string()
  .max(60)
  .regex(/^[egn]\d{1,2}(\*[^*\s]{1,25}){0,3}$/, 'the beginning of an approval number, such as e4*2018/858*00123')
const instant = z.iso.datetime({ offset: true, error: 'a time such as 2027-01-01T00:00:00Z' })

const registration = z.strictObject({
  accessPoint: text(63),
  status: z.enum(['pending', 'registered', 'rejected', 'not_required']),
  since: z.iso.date().optional(),
})

/**
 * Which documents a signer signs. All that are given must match; where nothing is given it signs everything.
 * Names are compared without regard to case and spacing.
 */
const signs = z.strictObject({
  manufacturers: z.array(text(150)).min(1).max(200).optional().describe('Manufacturer of the stage that is certified.'),
  representatives: z.array(text(150)).min(1).max(200).optional().describe('EU representative of the manufacturer.'),
  approvals: z
    .array(approvalStart)
    .min(1)
    .max(2000)
    .optional()
    .describe('Beginnings of approval numbers, in whole parts.'),
  markets: z
    .array(z.enum(['EU', 'UK']))
    .min(1)
    .optional()
    .describe('Document profile.'),
  stages: z
    .array(z.enum(['C', 'I', 'V']))
    .min(1)
    .optional()
    .describe('C complete(d), I incomplete, V virtual: StageOfCompletion.'),
  environments: z
    .array(z.enum(['sandbox', 'acceptance', 'production']))
    .min(1)
    .optional(),
  accessPoints: z.array(text(63)).min(1).max(100).optional(),
})

/** Who signs what, with which key, for whom, and where it is known. */
export const signerProfile = z.strictObject({
  name: text(80),
  key: signerKey,
  signs: signs.prefault({}),
  signatory: z
    .strictObject({ name: text(150), position: text(80), place: text(80) })
    .optional()
    .describe('The person who answers for the documents: must stand in each.'),
  registeredAt: z
    .array(registration)
    .max(100)
    .optional()
    .describe('Where the seal is registered; a missing place is warned of.'),
  validFrom: instant.optional().describe('Signs nothing before.'),
  validUntil: instant.optional().describe('Signs nothing from then on.'),
  next: z
    .strictObject({ from: instant, key: signerKey, registeredAt: z.array(registration).max(100).optional() })
    .optional()
    .describe('The key that takes over at a time; without a restart.'),
})
export type SignerProfile = z.output<typeof signerProfile>
export type Registration = z.output<typeof registration>

interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What is wrong with the profiles as a whole: names that stand twice, access points that nobody has, times in the wrong order. */
export const profileFaults = (profiles: readonly SignerProfile[], accessPoints: ReadonlySet<string>): Fault[] =>
  profiles.flatMap((profile, i) => {
    const { name, signs: what, registeredAt = [], next, validFrom, validUntil } = profile
    const faults: Fault[] = []
    if (profiles.findIndex((other) => other.name === name) < i)
      faults.push({ path: [i, 'name'], message: 'two have the same name' })
    const known = (path: Fault['path'], point: string): void => {
      if (!accessPoints.has(point)) faults.push({ path: [i, ...path], message: `there is no access point "${point}"` })
    }
    registeredAt.forEach((r, k) => known(['registeredAt', k, 'accessPoint'], r.accessPoint))
    next?.registeredAt?.forEach((r, k) => known(['next', 'registeredAt', k, 'accessPoint'], r.accessPoint))
    what.accessPoints?.forEach((point, k) => known(['signs', 'accessPoints', k], point))
    if (validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil))
      faults.push({ path: [i, 'validUntil'], message: 'it ends before it begins' })
    return faults
  })

/** The key that a profile signs with at a time, and where it is registered. `generation` tells keys of one profile apart. */
export const keyAt = ({ key, registeredAt, next }: SignerProfile, at: Date) =>
  next !== undefined && at.getTime() >= Date.parse(next.from)
    ? { key: next.key, registeredAt: next.registeredAt ?? registeredAt, generation: 1 }
    : { key, registeredAt, generation: 0 }
