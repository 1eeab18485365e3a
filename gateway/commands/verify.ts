import { type Finding, GatewayError, type Verification } from '../contract/index.ts'
import { verifyWithRevocation } from '../signature/verify-with-revocation.ts'
import { qualityOfSigner, type VerifiedQuality } from '../signature/verified-quality.ts'
import { TrustLists } from '../store/repositories/trust-lists.ts'
import { readSqlite } from '../store/sqlite/read-sqlite.ts'
import type { FindServices } from '../trust/lists/find-services.ts'
import { makeRevocationService } from '../trust/revocation-service.ts'
import { makeTrustFetch } from '../trust/trust-fetch.ts'
import { listedServices } from '../certificates/listed-services.ts'
import { stampAnchorsFor, trustAnchorsFor } from '../data-folder.ts'
import { statedProfile } from '../ivi/releases/releases.ts'
import { openReleases } from '../ivi/releases/stored-releases.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'verify FILE [--trust FILE…] [--crl FILE]… [--offline] [--proxy URL] [--legacy-sha1] [--json]'
const options = {
  trust: { type: 'string', multiple: true },
  crl: { type: 'string', multiple: true },
  offline: { type: 'boolean' },
  proxy: { type: 'string' },
  'legacy-sha1': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** What the trusted lists of the data folder say, beside a running gateway; undefined where there is no data folder. */
const listedIn = async (dataFolder: string): Promise<FindServices | undefined> => {
  const db = readSqlite(dataFolder)
  if (!db) return undefined
  try {
    return await listedServices({ store: { trustLists: new TrustLists(db) } })
  } catch (error) {
    // A data folder of an earlier version that has no such table yet.
    if (error instanceof GatewayError) throw error
    return undefined
  } finally {
    db.close()
  }
}

const nothingListed: FindServices = () => []

/** The finding for a document of a release of IVI that is neither built in nor imported. */
const unknownReleaseOf = async (bytes: Buffer, dataFolder: string): Promise<Finding | undefined> => {
  const release = (await openReleases(dataFolder)).ofDocument(bytes, statedProfile(bytes), '')
  return 'code' in release && ['IVI-013', 'IVI-014'].includes(release.code) ? release : undefined
}

/** Somebody waits at the screen. */
const timeoutMs = 5_000

const printFacts = (
  { level, signer, trust, signedAt, timeStamp, revocation }: Verification,
  quality: VerifiedQuality | undefined,
  io: Io,
): void => {
  io.out(`  level ${level ?? '–'}, signer ${signer ?? '–'}, ${trust}, signed at ${signedAt ?? '–'}`)
  const by = timeStamp && `${timeStamp.time} by ${timeStamp.authority}, ${timeStamp.trust}`
  io.out(`  time stamp ${by ?? 'none'}`)
  io.out(`  revocation ${revocation ? `${revocation.status}: ${revocation.detail}` : 'not asked'}`)
  if (quality) io.out(`  quality ${quality.quality} at ${quality.at}: ${quality.why.join(' ')}`)
}

/** Says whether a document's signature is good, its signer trusted and not revoked. */
const command: Command = {
  where: 'here',
  summary: 'signature, trust, revocation and quality of a document',
  usage,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, usage)
    const [file, ...more] = positionals
    if (file === undefined) throw usageError('Name a file.', usage)
    // `--trust a b`: what follows the document is a trust anchor too.
    const named = [...(values.trust ?? []), ...more]
    const trustAnchors =
      named.length > 0 ? await Promise.all(named.map((f) => readInput(f, io.cwd))) : await trustAnchorsFor(io)
    const lists = await Promise.all((values.crl ?? []).map((f) => readInput(f, io.cwd)))
    const fetch = values.offline ? undefined : makeTrustFetch({ proxy: values.proxy, timeoutMs })
    const bytes = await readInput(file, io.cwd)
    const revocation = makeRevocationService({ fetch, lists })
    const legacySha1 = values['legacy-sha1'] ?? false
    const timeStampAnchors = [...trustAnchors, ...(named.length > 0 ? [] : await stampAnchorsFor(io))]
    const trusted = { trustAnchors, timeStampAnchors, legacySha1 }
    const verified = await verifyWithRevocation(bytes, { ...trusted, revocation })
    const quality = qualityOfSigner(bytes, trusted, (await listedIn(io.environment.data)) ?? nothingListed)
    const other = await unknownReleaseOf(bytes, io.environment.data)
    const valid = verified.valid && !other
    const findings = other ? [other, ...verified.findings] : verified.findings
    if (values.json) {
      const { level = null, signer = null, trust, signedAt = null, timeStamp = null } = verified
      const told = { revocation: verified.revocation ?? null, timeStamp, quality: quality ?? null }
      io.out(JSON.stringify({ valid, level, signer, trust, signedAt, ...told, findings }))
    } else {
      printFindings(file, valid ? 'verified' : 'NOT verified', findings, io)
      printFacts(verified, quality, io)
    }
    return valid ? exit.yes : exit.no
  },
}
export default command
