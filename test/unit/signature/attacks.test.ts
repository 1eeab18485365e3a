// needs: xmlsec1
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { verifyWithRevocation } from '../../../gateway/signature/verify-with-revocation.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { catalogueWith } from './attacks/catalogue.ts'
import { pki, root, run, scratch, signed } from './helpers.ts'

const services = await startTrustServices()
const revocation = makeRevocationService({ fetch: makeTrustFetch() })
const catalogue = catalogueWith(services)
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
