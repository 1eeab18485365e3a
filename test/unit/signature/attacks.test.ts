// needs: xmlsec1
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { verifyWithRevocation } from '../../../gateway/signature/verify-with-revocation.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { attacks as algorithms } from './attacks/algorithms.ts'
import type { Attack } from './attacks/attack.ts'
import { attacks as keys } from './attacks/keys.ts'
import { attacks as readers } from './attacks/readers.ts'
import { attacksOn } from './attacks/time-stamps.ts'
import { attacks as wrapping } from './attacks/wrapping.ts'
import { pki, root, run, scratch, signed } from './helpers.ts'

const services = await startTrustServices()
const revocation = makeRevocationService({ fetch: makeTrustFetch() })
const catalogue: Readonly<Record<string, readonly Attack[]>> = {
  wrapping,
  readers,
  algorithms,
  keys,
  'time stamps and revocation': attacksOn(services),
}
const all = Object.values(catalogue).flat()

const xmlsecOf = async (bytes: Buffer): Promise<'refuses' | 'accepts'> => {
  const file = join(scratch(), 'attack.xml')
  writeFileSync(file, bytes)
  const trusted = ['--enabled-key-data', 'x509', '--trusted-pem', pki.file('root.crt')]
  return run('xmlsec1', ['--verify', ...trusted, file], { timeout: 10_000 }).then(
    () => 'accepts',
    () => 'refuses',
  )
}

for (const [kind, attacks] of Object.entries(catalogue)) {
  test(`${kind}: every attack is refused, by its own code`, async (t) => {
    for (const { how, code, xmlsec, make, roots, at } of attacks) {
      const bytes = await make()
      const trustAnchors = roots?.() ?? [root]
      const options = { trustAnchors, ...(at ? { at } : {}) }
      const verdict = await verifyWithRevocation(bytes, { ...options, revocation })
      t.equal(verdict.findings.find(({ code: c }) => c !== 'TRU-121')?.code, code, how)
      // A time stamp that nobody vouches for only proves nothing; the signature stays what it is.
      const isOnlyWorthless = code === 'TRU-135'
      t.equal(verdict.valid, isOnlyWorthless, how)
      if (isOnlyWorthless) t.equal(verdict.level, 'XAdES-B', how)
      if (code !== 'TRU-120') t.equal(verifyDocument(bytes, options).findings[0]?.code, code, `${how}, offline`)
      if (xmlsec) t.equal(await xmlsecOf(bytes), xmlsec, `xmlsec1: ${how}`)
    }
  })
}

test('the catalogue is what it is said to be', async (t) => {
  t.ok(all.length >= 25, `${all.length} attacks`)
  t.ok(new Set(all.map(({ code }) => code)).size >= 25, 'by at least 25 codes')
  t.equal(new Set(all.map(({ how }) => how)).size, all.length, 'each of them once')
  t.equal(verifyDocument(signed.bytes, { trustAnchors: [root] }).valid, true, 'what they start from is good')
  await services.close()
})
