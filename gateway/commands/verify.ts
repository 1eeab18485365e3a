import type { Verification } from '../contract/index.ts'
import { verifyWithRevocation } from '../signature/verify-with-revocation.ts'
import { makeRevocationService } from '../trust/revocation-service.ts'
import { makeTrustFetch } from '../trust/trust-fetch.ts'
import { trustAnchorsFor } from '../data-folder.ts'
import { otherRelease } from '../ivi/releases/recognise-release.ts'
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

/** Somebody waits at the screen. */
const timeoutMs = 5_000

const printFacts = ({ level, signer, trust, signedAt, timeStamp, revocation }: Verification, io: Io): void => {
  io.out(`  level ${level ?? '–'}, signer ${signer ?? '–'}, ${trust}, signed at ${signedAt ?? '–'}`)
  const by = timeStamp && `${timeStamp.time} by ${timeStamp.authority}, ${timeStamp.trust}`
  io.out(`  time stamp ${by ?? 'none'}`)
  io.out(`  revocation ${revocation ? `${revocation.status}: ${revocation.detail}` : 'not asked'}`)
}

/** Says whether a document's signature is good, its signer trusted and not revoked. */
const command: Command = {
  where: 'here',
  summary: 'signature, trust and revocation of a document',
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
    const verified = await verifyWithRevocation(bytes, { trustAnchors, revocation, legacySha1 })
    const other = otherRelease(bytes)
    const valid = verified.valid && !other
    const findings = other ? [other, ...verified.findings] : verified.findings
    if (values.json) {
      const { level = null, signer = null, trust, signedAt = null, timeStamp = null } = verified
      const told = { revocation: verified.revocation ?? null, timeStamp }
      io.out(JSON.stringify({ valid, level, signer, trust, signedAt, ...told, findings }))
    } else {
      printFindings(file, valid ? 'verified' : 'NOT verified', findings, io)
      printFacts(verified, io)
    }
    return valid ? exit.yes : exit.no
  },
}
export default command
