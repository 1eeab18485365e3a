// slow: makes a PKI, and openssl answers for it
import { test } from 'tap'
import { baseStep } from '../../../gateway/flow/steps/base-step.ts'
import type { Work } from '../../../gateway/flow/step.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { makeEcoc } from '../../contract/store-rows.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { signingBench } from '../../support/signing-bench.ts'
import { anySigner } from '../signature/attacks/attack.ts'

const services = await startTrustServices()
const { pki, misbehave } = services

test('a base eCoC of a revoked seal is refused; one whose revocation nobody tells is used, with a warning', async (t) => {
  const bench = await signingBench(t, services)
  const retrieve = async (vin: string, name: string) => {
    const signer = anySigner(pki.read(`${name}.key`), pki.read(`${name}.crt`), pki.read('issuing.crt'))
    const signed = await signDocument(writeDocument(sampleBaseTree(vin)), signer, { signingTime: new Date() })
    const connector = { retrieve: async () => signed.bytes, delivery: () => ({ timeoutMs: 5_000 }) }
    const accessPoints = new Map([['nap', { name: 'nap', connector, config: {} }]])
    const { row } = makeEcoc({ vin: vin as EcocRow['vin'] })
    const tools = { ...bench.tools, accessPoints } as unknown as Tools
    return baseStep.run({ ecoc: row, lease: '', record: {}, fields: {}, made: {} } as unknown as Work, tools)
  }
  t.match(await retrieve(sampleVin(1), 'revoked'), {
    rest: { state: 'held', code: 'BAS-004', reason: /was revoked on/, nextStep: /valid seal/ },
    findings: [{ findings: [{ code: 'TRU-120' }] }],
  })
  const good = await retrieve(sampleVin(2), 'signer')
  t.match(good, { patch: { state: 'received' }, findings: [{ layer: 'base', findings: [] }] })
  t.equal(good.rest, undefined)
  misbehave.set('/issuing.crl', 'hang')
  const begun = performance.now()
  const unknown = await retrieve(sampleVin(3), 'crl-only')
  t.ok(performance.now() - begun < 8_000, 'nobody waits for a list that does not come')
  t.equal(unknown.rest, undefined)
  t.match(unknown.findings, [{ layer: 'base', findings: [{ code: 'TRU-121', severity: 'warning' }] }])
  t.match(unknown.writes, [{ table: 'base_ecoc', row: { verification: /"status":"unknown"/ } }])
})

test('the services are closed', async () => services.close())
