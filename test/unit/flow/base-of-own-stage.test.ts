// slow: makes a PKI, and openssl answers for it
import { test } from 'tap'
import type { RecordFields, Vin } from '../../../gateway/contract/index.ts'
import { isOwnStage, keptBase } from '../../../gateway/flow/base/base-for.ts'
import { keepBase } from '../../../gateway/flow/keep-base.ts'
import { baseStep } from '../../../gateway/flow/steps/base-step.ts'
import { mappingStep } from '../../../gateway/flow/steps/mapping-step.ts'
import type { Work } from '../../../gateway/flow/step.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { acceptBase } from '../../../gateway/base/retrieve-base.ts'
import type { IviTree } from '../../../gateway/contract/index.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { makeEcoc } from '../../contract/store-rows.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { signingBench } from '../../support/signing-bench.ts'
import { anySigner } from '../signature/attacks/attack.ts'

const services = await startTrustServices()
const { pki } = services
const signer = anySigner(pki.read('signer.key'), pki.read('signer.crt'), pki.read('issuing.crt'))
const own = { type: 'EXB5', variant: 'OWN1', version: 'V1' }
/** Our own eCoC of stage 2, as an access point that already has it gives it for the VIN. */
const ownTree = (vin: string): IviTree => {
  const tree = sampleBaseTree(vin)
  const coc = tree['CocDataGroup'] as IviTree
  const text = JSON.stringify(coc)
    .replace(/"Type":"[^"]*"/, '"Type":"EXB5"')
    .replace(/"Variant":"[^"]*"/, '"Variant":"OWN1"')
    .replace(/"Version":"[^"]*"/, '"Version":"V1"')
    .replace(/"ManufacturerStageNumber":"1"/, '"ManufacturerStageNumber":"2"')
  return { ...tree, CocDataGroup: JSON.parse(text) as IviTree }
}
const signed = async (tree: IviTree): Promise<Buffer> =>
  (await signDocument(writeDocument(tree), signer, { signingTime: new Date() })).bytes
const fields: RecordFields = { TYPE: own.type, VARIANT: own.variant, VERSION: own.version, MFGDATE: '01.06.2026' }

test('an eCoC of the vehicle’s own stage is no base of it: not a kept one, not one that an access point gives', async (t) => {
  const bench = await signingBench(t, services)
  const vin = sampleVin(1) as Vin
  t.ok(isOwnStage(ownTree(vin), own))
  t.notOk(isOwnStage(sampleBaseTree(vin), own))
  const documents = [await signed(ownTree(vin))]
  const connector = { retrieve: async () => documents[0], delivery: () => ({ timeoutMs: 5_000 }) }
  const accessPoints = new Map([['nap', { name: 'nap', connector, config: {} }]])
  const tools = { ...bench.tools, accessPoints } as unknown as Tools
  const { row } = makeEcoc({ vin })
  const work = { ecoc: row, lease: '', record: {}, fields, made: {} } as unknown as Work
  t.match(await baseStep.run(work, tools), { rest: { state: 'held', code: 'BAS-001' } })

  const keep = async (tree: IviTree) => {
    const result = await acceptBase(await signed(tree), undefined, 'import', tools.verifyAsking)
    if (result.kind !== 'found') return void t.fail(JSON.stringify(result))
    await keepBase(result.base, result.verification, 'somebody', 'base', tools)
  }
  await keep(ownTree(vin))
  t.equal(await keptBase(vin, own, null, tools), undefined, 'kept, but not as what ours is built on')
  t.match(await baseStep.run(work, tools), { rest: { code: 'BAS-001' } })
  await keep(sampleBaseTree(vin))
  t.match(await keptBase(vin, own, null, tools), { stage: 1 })
  t.match(await baseStep.run(work, tools), { patch: { state: 'received' }, detail: { origin: 'import' } })
  await mappingStep.load?.(work, tools)
  t.equal(work.made.base?.stage, 1, 'mapping takes the same one')
})

test('the services are closed', async () => services.close())
