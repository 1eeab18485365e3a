import { test } from 'tap'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { qualityOfSigner } from '../../../gateway/signature/verified-quality.ts'
import { indexServices } from '../../../gateway/trust/lists/find-services.ts'
import { readList } from '../../../gateway/trust/lists/read-list.ts'
import type { TrustedList } from '../../../gateway/trust/lists/trusted-list.ts'
import { forUse, listXml, makeListPki, serviceXml } from '../../support/list-pki.ts'
import { anySigner } from './attacks/attack.ts'
import { changed } from './helpers.ts'

test('the quality of a seal is that of the day it signed', async (t) => {
  const make = makeListPki(t)
  const [ca, seal] = [await make('seal-ca', 'ca'), await make('seal', 'seal', 'seal-ca')]
  const signer = anySigner(Buffer.from(seal.key), Buffer.from(seal.pem), Buffer.from(ca.pem))
  const periods = [{ since: '2020-01-01T00:00:00Z', extensions: forUse('ForeSeals') }]
  const list = readList(
    Buffer.from(listXml({ territory: 'NL', sequence: 1, services: [serviceXml(ca.der, periods)] })),
  ) as TrustedList
  const find = indexServices([list])
  const document = writeDocument(sampleBaseTree(sampleVin(1)))
  const at = async (time: string) => (await signDocument(document, signer, { signingTime: new Date(time) })).bytes
  const trust = { trustAnchors: [Buffer.from(ca.pem)] }
  const now = await at('2026-11-01T00:00:00Z')
  t.match(qualityOfSigner(now, trust, find), {
    quality: 'qualified-seal',
    at: '2026-11-01T00:00:00.000Z',
    issuer: { territory: 'NL' },
    why: [/status "granted"/, /qualified device/],
  })
  t.match(qualityOfSigner(await at('2019-06-01T00:00:00Z'), trust, find), {
    quality: 'neither',
    why: [/not listed yet/],
  })
  t.match(
    qualityOfSigner(now, trust, () => []),
    { quality: 'neither', why: [/No service of the imported lists/] },
  )
  t.equal(qualityOfSigner(changed(sampleVin(1), sampleVin(2), now), trust, find), undefined, 'it does not hold')
  t.equal(qualityOfSigner(document, trust, find), undefined, 'not signed')
})
