import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import type { IviReferenceId } from '../../../gateway/contract/ids.ts'
import { rowsOf } from '../../../gateway/ivi/get-value.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { adoptOrStartSimulator } from '../../../gateway/sandbox/simulated-access-point/adopt-simulator.ts'
import { sampleBaseInfo, sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { loadPemSigner } from '../../../gateway/signature/file-signer.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { clientTls, control, makeClient, pkiDir } from './harness.ts'

test('the simulated access point as it is delivered: own process, real checks', async (t) => {
  const [pki, home] = [await pkiDir(), await mkdtemp(join(tmpdir(), 'ecoc-simulator-'))]
  const dir = join(home, 'access-point')
  const simulator = await adoptOrStartSimulator({ dir, pki })
  t.teardown(() => rm(home, { recursive: true, force: true }))
  const client = makeClient(simulator.endpoint, await clientTls(pki))
  const load = (name: string) =>
    loadPemSigner({ name, keyFile: join(pki, `${name}.key`), certificateFiles: [join(pki, `${name}.chain.pem`)] })
  const signer = await load('signer')
  const reference = (tree: IviTree) => (tree['Header'] as IviTree)['IviReferenceId'] as IviReferenceId
  const make = async (change: (tree: IviTree) => void = () => undefined, by = signer) => {
    const tree = structuredClone(sampleBaseTree('EXZCHASS5NL000001'))
    change(tree)
    const signed = await signDocument(writeDocument(tree), by, { signingTime: new Date() })
    return { ...signed, iviReferenceId: reference(tree) }
  }
  const newReference = (tree: IviTree) => {
    ;(tree['Header'] as IviTree)['IviReferenceId'] = crypto.randomUUID()
  }

  await t.test('a signed sample document is accepted', async (t) => {
    const document = await make(newReference)
    const answer = await client.submit(document)
    t.match(answer, { next: 'accepted' }, JSON.stringify(answer))
    t.match((await control(simulator, 'accepted')).json, [
      {
        vin: 'EXZCHASS5NL000001',
        version: 1,
        count: 1,
        sha256: document.sha256,
        iviReferenceId: document.iviReferenceId,
      },
    ])
  })

  const refused = async (name: string, document: Awaited<ReturnType<typeof make>>, code: RegExp) => {
    await t.test(`${name} is rejected`, async (t) => {
      const answer = await client.submit(document)
      t.match(answer, { next: 'rejected' })
      t.match(answer.receipt?.messages.map((m) => m.code).join(' '), code)
      t.match(answer.receipt?.messages[0]?.path, /^\//)
    })
  }
  const edited = async (from: string | RegExp, to: string) => {
    const document = await make(newReference)
    const bytes = Buffer.from(document.bytes.toString().replace(from, to))
    t.notSame(bytes, document.bytes)
    return { ...document, bytes }
  }
  await refused('a document that was changed after signing', await edited('<Type>', '<Type>X'), /SIG-/)
  await refused('an unknown element', await edited('<Type>', '<Typo>x</Typo><Type>'), /SCH-/)
  await refused(
    'an unsigned document',
    await edited(/<ds:Signature .*<\/ds:Signature>/s, ''),
    /SCH-SIGNATURE|SCH-MISSING/,
  )
  const vinless = await edited('<VehicleIdentificationNumber>EXZCHASS5NL000001</VehicleIdentificationNumber>', '')
  await refused('a document without a VIN', vinless, /SCH-/)
  const noAxle = await make((tree) => {
    newReference(tree)
    ;((tree['CocDataGroup'] as IviTree)['GeneralConstructionGroup'] as IviTree)['NumberOfAxles'] = '3'
  })
  await refused('one that breaks a rule', noAxle, /CHK-/)
  await refused('one of a signer nobody trusts', await make(newReference, await load('other-signer')), /SIM-TRUST|TRU-/)

  await refused('one of a revoked seal', await make(newReference, await load('revoked')), /^SIM-TRUST-003$/)
  const ofBodies = (tree: IviTree) => {
    newReference(tree)
    for (const row of rowsOf(tree, 'ManufacturerGroup')) row['ManufacturerName'] = 'Example Bodies'
  }
  const stranger = await make(ofBodies, await load('chassis-signer'))
  await refused('one of another manufacturer', stranger, /^SIM-TRUST-002$/)
  await t.test('each may sign its own', async (t) => {
    t.match(await client.submit(await make(ofBodies)), { next: 'accepted' })
    t.match(await client.submit(await make(newReference, await load('chassis-signer'))), { next: 'accepted' })
  })

  await t.test('the sample base is retrieved by VIN, sealed by the chassis maker', async (t) => {
    const { status } = await control(simulator, 'base-ecoc', { vin: 'EXZCHASS5NL000002' })
    t.equal(status, 201)
    const bytes = await client.retrieve('EXZCHASS5NL000002')
    const verified = verifyDocument(bytes!, { trustAnchors: [await readFile(join(pki, 'root.crt'))] })
    t.match(verified, { valid: true, trust: 'trusted', signer: /Example Chassis/ })
    t.match(readDocument(bytes!).tree, { CocDataGroup: { VehicleIdentificationNumber: 'EXZCHASS5NL000002' } })
    t.match((await control(simulator, 'sample-base')).json, JSON.parse(JSON.stringify(sampleBaseInfo())))
    t.equal((await control(simulator, 'accepted')).json.length, 3)
  })

  await t.test('when its folder is gone it ends by itself', async (t) => {
    await rm(dir, { recursive: true })
    let alive = true
    for (let i = 0; alive && i < 50; i++) {
      await wait(100)
      alive = await fetch(`${simulator.control}/_control/health`)
        .then((r) => r.ok)
        .catch(() => false)
    }
    t.notOk(alive)
  })
})
