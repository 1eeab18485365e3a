// slow: makes a PKI, and openssl answers for it
import { test } from 'tap'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { realParts } from '../../../gateway/sandbox/simulated-access-point/real-parts.ts'
import { raiseLevel } from '../../../gateway/signature/raise-level.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import { makeTimeStampService } from '../../../gateway/trust/time-stamp-service.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { examplePki } from '../../support/pki.ts'
import { signerOf } from '../signature/helpers.ts'
import { anySigner } from '../signature/attacks/attack.ts'

test('the simulated access point takes every form and level', async (t) => {
  const services = await startTrustServices()
  t.teardown(() => services.close())
  const { pki, url } = services
  const example = await examplePki()
  const { checks } = await realParts(example.dir)
  const fetch = makeTrustFetch()
  const tsaRoot = [readCertificate(pki.read('root.crt'))]
  const timeStamp = makeTimeStampService({ fetch, url: `${url}/tsa`, anchors: tsaRoot })
  const revocation = makeRevocationService({ fetch })
  const document = writeDocument(sampleBaseTree(sampleVin(1)))
  const signingTime = new Date()
  const accepts = (bytes: Buffer) => {
    t.same(checks.schema(bytes), [], 'the schema')
    return checks.verify(bytes)
  }
  const ours = await signerOf('signer')
  const plain = await signDocument(document, ours, { signingTime, form: 'xmldsig' })
  const b = await signDocument(document, ours, { signingTime })
  t.match(accepts(plain.bytes), { valid: true, trust: 'trusted', level: 'XMLDSig' })
  t.match(accepts(b.bytes), { valid: true, trust: 'trusted', level: 'XAdES-B' })
  const anchors = [readCertificate(example.read('root.crt'))]
  const more = { timeStamp, timeStampAnchors: tsaRoot, revocation, now: new Date() }
  const stamped = await raiseLevel(b.bytes, { level: 'T', anchors, ...more })
  t.match(accepts(stamped.bytes), { valid: true, trust: 'trusted' }, 'a time stamp of an authority it does not know')

  const other = anySigner(pki.read('signer.key'), pki.read('signer.crt'), pki.read('issuing.crt'))
  const signed = await signDocument(document, other, { signingTime })
  const long = await raiseLevel(signed.bytes, { level: 'LT', anchors: tsaRoot, ...more })
  t.same(checks.schema(long.bytes), [])
  t.match(verifyDocument(long.bytes, { trustAnchors: [pki.read('root.crt')] }), { valid: true, level: 'XAdES-LT' })
})
