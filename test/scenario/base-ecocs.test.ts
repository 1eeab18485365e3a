// slow: runs a whole gateway
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import type { IviTree } from '../../gateway/contract/index.ts'
import { writeDocument } from '../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import { loadPemSigner } from '../../gateway/signature/file-signer.ts'
import { SandboxGateway, until } from '../support/sandbox-gateway.ts'

interface Taken {
  readonly ok: boolean
  readonly outcome: string | null
  readonly differences: { path: string; was: string; is: string }[]
  readonly findings: { code: string }[]
}
interface Known {
  readonly kept: { stage: number; origin: string; sha256: string }[]
  readonly earlier: { sha256: string; replacedAt: string }[]
  readonly announced: { state: string } | null
  readonly budget: { lines: { key: string; axle?: number; left?: string }[] } | null
  readonly issues: { code: string; text: string; proposal: string | null; closedAt: string | null }[]
}

const gateway = await SandboxGateway.make()
await gateway.start()
const pki = join(gateway.data, 'sandbox', 'pki')
const maker = await loadPemSigner({
  name: 'example chassis maker',
  keyFile: join(pki, 'chassis-signer.key'),
  certificateFiles: [join(pki, 'chassis-signer.chain.pem')],
})
const signed = async (tree: IviTree): Promise<Buffer> =>
  (await signDocument(writeDocument(tree), maker, { signingTime: new Date() })).bytes
/** The next version of a vehicle's base eCoC. */
const corrected = (vin: string): IviTree => {
  const tree = sampleBaseTree(vin)
  const stamps = { IviVersionNumber: '2', IviVersionDateTime: '2026-06-01T10:15:00.000+02:00' }
  Object.assign(tree['Header'] as IviTree, stamps)
  return tree
}
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- saves an assertion at each call
const api = async <T>(
  path: string,
  method = 'GET',
  body?: unknown,
  role = 'operator',
): Promise<{ status: number; body: T }> =>
  gateway.api<T>(
    path,
    { method, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) },
    role,
  )
const upload = (bytes: Buffer) => api<Taken>('/bases', 'POST', bytes.toString())
const known = async (vin: string): Promise<Known> => (await api<Known>(`/bases/${vin}`)).body
const trace = async (id: string) =>
  (
    await api<{
      signOffs: unknown[]
      findings: { code: string }[]
      contents: { kind: string; sha256: string }[]
      model: { elements: { source?: string }[] } | null
    }>(`/ecocs/${id}`)
  ).body

test('a base eCoC of another vehicle, with a bad signature or of an unknown maker is not used', async (t) => {
  const vin = sampleVin(801)
  await gateway.drop('waits.csv', sampleExport([vin]))
  await gateway.ecoc(vin, ['held'])
  const good = await signed(sampleBaseTree(vin))
  const bent = Buffer.from(good.toString().replace('<Wheelbase>', '<Wheelbase>1'))
  t.match(await upload(bent), { status: 422, body: { ok: false, findings: [{ code: /^SIG-/ }] } })
  t.match(await upload(Buffer.from('no xml')), { status: 422, body: { ok: false } })
  t.match((await api<{ missing: { vin: string; ecocId: string }[] }>('/bases/missing')).body.missing, [
    { vin, ecocId: String },
  ])
  t.match(await upload(await signed(sampleBaseTree(sampleVin(802)))), { status: 200, body: { outcome: 'new' } })
  t.equal((await gateway.ecoc(vin, ['held'])).reasonCode, 'BAS-001', 'the base of another vehicle helps nobody')
  t.match(await upload(good), { status: 200, body: { ok: true, outcome: 'new' } })
  const { id } = await gateway.ecoc(vin, ['accepted'])
  t.ok(
    (await trace(id)).contents.some((c) => c.kind === 'base'),
    'kept beside the vehicle',
  )
  t.match(await upload(good), { status: 200, body: { outcome: 'same' } })
})

test('a base corrected later: what waits for a sign-off is made anew, what was accepted gets a proposed correction', async (t) => {
  const [accepted, waiting] = [sampleVin(803), sampleVin(804)]
  await gateway.baseEcoc(accepted)
  const short = JSON.stringify(sampleBaseTree(waiting)).replaceAll('"3750"', '"3700"')
  await upload(await signed(JSON.parse(short) as IviTree))
  await gateway.drop('two.csv', sampleExport([accepted, waiting]))
  await gateway.ecoc(waiting, ['awaiting_signoff'])
  t.match(await upload(await signed(corrected(waiting))), { status: 200, body: { outcome: 'corrected' } })
  const { id: second } = await gateway.ecoc(waiting, ['received', 'mapped', 'checked', 'signed', 'accepted'])
  t.match((await trace(second)).signOffs, [{ decision: 'void' }], 'nobody can approve what was shown')
  t.match((await known(waiting)).issues, [{ code: 'BAS-010', closedAt: String }])
  t.equal((await gateway.ecoc(waiting, ['mapped', 'checked', 'signed', 'dispatching', 'accepted'])).id, second)

  const { id } = await gateway.ecoc(accepted, ['accepted'])
  const before = await known(accepted)
  const taken = await upload(await signed(corrected(accepted)))
  t.match(taken, { status: 200, body: { ok: true, outcome: 'corrected' } })
  const after = await known(accepted)
  t.match(after.earlier, [{ sha256: before.kept[0]?.sha256, replacedAt: String }], 'the earlier one stays as evidence')
  t.match(after.issues, [{ code: 'BAS-011', proposal: String }])
  t.not(after.issues[0]?.proposal, id)
  const old = await upload(await signed(sampleBaseTree(accepted)))
  t.match(old, { status: 422, body: { outcome: 'older', findings: [{ code: 'BAS-006' }] } })
  await until('the end of the issue', 15_000, async () => (await known(accepted)).issues[0]?.closedAt)
  t.equal(
    (await gateway.ecoc(accepted, ['cancelled'])).id,
    after.issues[0]?.proposal,
    'nothing that the vehicle states has changed',
  )
  t.equal((await gateway.cli('base', 'issues', '--json')).out.trim(), '[]')
})

test('an announced vehicle has its base fetched ahead, and shows what is left to build', async (t) => {
  const vin = sampleVin(805)
  const announced = await gateway.cli('base', 'announce', vin, '--json')
  t.match(JSON.parse(announced.out), { announced: 1 })
  t.match((await known(vin)).announced, { state: 'waiting' })
  t.equal((await gateway.cli('base', 'missing')).code, 1)
  await gateway.baseEcoc(vin)
  t.match(await api<Taken>(`/bases/${vin}/retrieve`, 'POST'), { status: 200, body: { ok: true, outcome: 'new' } })
  const { announced: state, budget, kept } = await known(vin)
  t.match(state, { state: 'kept' })
  t.match(kept, [{ stage: 1, origin: 'simulated' }])
  t.ok(Number(budget?.lines.find((line) => line.key === 'mass')?.left) > 1000)
  t.equal(budget?.lines.filter((line) => line.key === 'axle').length, 2)
  t.equal((await api('/bases/NOVIN')).status, 404)
})

test('a data sheet stands in once another person confirmed it, and gives way to the eCoC', async (t) => {
  const vin = sampleVin(806)
  await gateway.drop('sheet.csv', sampleExport([vin]))
  await gateway.ecoc(vin, ['held'])
  const tree = sampleBaseTree(vin)
  const coc = { ...(tree['CocDataGroup'] as IviTree) }
  const of = (name: string): string => /"([^"]+)"/.exec(JSON.stringify(coc[name]))?.[1] ?? ''
  const own = new Set(['VehicleIdentificationNumber', 'SigningAuthorityTable', 'DateManufactureVehicle'])
  const typed = {
    ...{ approval: of('TypeApprovalNumber'), type: of('Type'), variant: of('Variant'), version: of('Version') },
    values: { CocDataGroup: Object.fromEntries(Object.entries(coc).filter(([name]) => !own.has(name))) },
    vins: [`${vin}-${sampleVin(807)}`],
  }
  const lacking = await api<{ findings: { code: string }[] }>('/base-sheets', 'POST', { ...typed, values: {} })
  t.match(lacking, { status: 422, body: { findings: [{ code: 'BAS-030' }] } })
  const entered = await api<{ id: string; findings: unknown[] }>('/base-sheets', 'POST', typed, 'quality')
  t.equal(entered.status, 201, JSON.stringify(entered.body).slice(0, 500))
  const { id } = entered.body
  t.equal((await api(`/base-sheets/${id}/scan`, 'POST', 'MZ no scan')).status, 422)
  t.match(await api(`/base-sheets/${id}/scan`, 'POST', '%PDF-1.7 the paper'), {
    status: 200,
    body: { scan: { contentType: 'application/pdf' } },
  })
  const { body: shown } = await api<{ sha256: string }>(`/base-sheets/${id}`)
  const confirm = { decision: 'confirm', sha256: shown.sha256 }
  t.equal((await api(`/base-sheets/${id}/decide`, 'POST', confirm)).status, 403, 'an operator may not')
  t.match(await api(`/base-sheets/${id}/decide`, 'POST', confirm, 'quality'), {
    status: 409,
    body: { code: 'BAS-035' },
  })
  t.equal((await gateway.ecoc(vin, ['held'])).reasonCode, 'BAS-001')
  t.match(await api(`/base-sheets/${id}/decide`, 'POST', confirm, 'approver'), {
    status: 200,
    body: { state: 'confirmed' },
  })
  const { id: ecoc } = await gateway.ecoc(vin, ['accepted'])
  const { findings, model } = await trace(ecoc)
  t.ok(
    findings.some((f) => f.code === 'BAS-005'),
    'said in the findings',
  )
  t.match(JSON.stringify(model), '"base-sheet"', 'and in the provenance')
  const { body: print } = await gateway.api<string>(`/ecocs/${ecoc}/coc.html`)
  t.match(print, 'data sheet', 'and on the print')
  const taken = await upload(await signed(sampleBaseTree(vin)))
  t.match(taken, { status: 200, body: { outcome: 'replaces-sheet' } })
  const issues = await until('the issue', 10_000, async () => {
    const found = (await known(vin)).issues
    return found.length > 0 && found
  })
  t.match(issues, [{ code: 'BAS-011', text: /arrived/ }])
})

test('commands show data sheets, and take them from a table', async (t) => {
  const file = join(gateway.data, 'sheet.csv')
  await writeFile(
    file,
    'approval;type;variant;version;validFrom;Wheelbase\ne4*2018/858*99001*00;EXC5;CC50D;D3750;2026-01-01;3750\n',
  )
  const { code, out } = await gateway.cli('base', 'import', file, '--json')
  t.equal(code, 1)
  t.match(JSON.parse(out), [{ ok: false, findings: [{ code: 'BAS-030' }] }])
  t.match(JSON.parse((await gateway.cli('base', 'sheets', '--json')).out), [{ state: 'confirmed' }])
  t.ok((await readFile(file)).length > 0)
})

test('the gateway is gone', async () => gateway.remove())
