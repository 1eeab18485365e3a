import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { readSample } from '../../gateway/sandbox/samples/sample-files.ts'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway, until } from '../support/sandbox-gateway.ts'

const shared = new URL('../../../shared/ivi/', import.meta.url).pathname
const vins = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => sampleVin(from + i))
const lines = (file: Buffer): string[] => file.toString('latin1').trim().split('\r\n')

/** Changes one cell of one row (0-based after the header). */
const spoil = (csv: Buffer, row: number, column: string, value: string): Buffer => {
  const rows = csv.toString('latin1').split('\r\n')
  const at = rows[0]!.split(';').indexOf(column)
  const cells = rows[row + 1]!.split(';')
  cells[at] = value
  rows[row + 1] = cells.join(';')
  return Buffer.from(rows.join('\r\n'), 'latin1')
}

test('a dropped export', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()

  await t.test('of the first start is accepted within a minute', async (t) => {
    await gateway.answer('first-vehicles.csv.ok.json', 60_000)
    await until('five accepted eCoCs', 60_000, async () => (await gateway.accepted()).length === 5)
    t.pass('accepted')
  })

  const ten = vins(101, 10)
  const short = ten[7]!.slice(0, 16)
  const csv = spoil(spoil(sampleExport(ten), 3, 'MASS_RO', '2.945,1'), 7, 'VIN', short)

  await t.test('with two bad rows gives eight accepted eCoCs, and says what is wrong with the two', async (t) => {
    for (const vin of ten) await gateway.baseEcoc(vin)
    await gateway.drop('x.csv', csv)
    const good = ten.filter((_, i) => i !== 3 && i !== 7)
    for (const vin of good) t.equal((await gateway.ecoc(vin, ['accepted'])).state, 'accepted')
    for (const vin of good) {
      const receipt = JSON.parse((await gateway.answer(`${vin}.receipt.json`)).toString())
      t.match(receipt, { vin, outcome: 'accepted', state: 'accepted' })
      t.ok((await gateway.accepted()).some((a) => a.iviReferenceId === receipt.iviReferenceId && a.count === 1))
    }
    const errors = lines(await gateway.answer('x.csv.errors.csv'))
    t.equal(errors.length, 3, 'one line per problem')
    t.match(errors[1], /^5;EXZCHASS5NL000104;MASS_RO;2\.945,1;.*no decimal number/)
    t.match(errors[2], new RegExp(`^9;${short};VIN;${short};A VIN has 17 characters, this has 16`))
    const json = JSON.parse((await gateway.answer('x.csv.errors.json')).toString())
    t.match(json.refused, [
      { line: 5, problems: [{ field: 'MASS_RO' }] },
      { line: 9, problems: [{ field: 'VIN' }] },
    ])
    const ok = JSON.parse((await gateway.answer('x.csv.ok.json')).toString())
    t.equal(ok.taken.length, 8)
    t.equal(ok.rows, 10)
    await until('a result line per row', 10_000, async () => {
      const result = lines(await gateway.answer('x.csv.result.csv'))
      return result.length === 11 && result.filter((l) => l.includes(';accepted;')).length === 8
    })
    t.ok((await readdir(join(gateway.inbox, 'archive'))).some((n) => /^x\.\d{8}T\d{6}Z\.[0-9a-f]{8}\.csv$/.test(n)))
    t.notOk((await gateway.files()).includes('x.csv'), 'it was moved away')
  })

  await t.test('dropped again sends nothing twice and says that it is known', async (t) => {
    const before = await gateway.accepted()
    await gateway.drop('x.csv', csv)
    await until(
      'the second archive',
      20_000,
      async () => (await readdir(join(gateway.inbox, 'archive'))).filter((n) => n.startsWith('x.')).length === 2,
    )
    const ok = await until('known rows', 10_000, async () => {
      const text = (await gateway.answer('x.csv.ok.json')).toString()
      const answer = JSON.parse(text) as { taken: { known?: boolean }[] }
      return answer.taken.every((r) => r.known) && answer
    })
    t.equal(ok.taken.length, 8)
    t.match(ok.taken[0], { known: true, state: 'accepted' })
    t.same(await gateway.accepted(), before)
  })

  await t.test('corrected and dropped under the same name takes the old errors away', async (t) => {
    await gateway.drop('x.csv', sampleExport(ten))
    t.equal((await gateway.ecoc(ten[3]!, ['accepted'])).state, 'accepted')
    t.equal((await gateway.ecoc(ten[7]!, ['accepted'])).state, 'accepted')
    await until('no errors beside it', 10_000, async () => !(await gateway.files()).some((f) => f.includes('.errors.')))
    t.equal((await gateway.accepted()).filter((a) => ten.includes(a.vin)).length, 10)
  })

  await t.test('with an unknown variant waits for homologation and goes on when the approval is there', async (t) => {
    const [vin] = vins(201, 1) as [string]
    await gateway.baseEcoc(vin)
    await gateway.drop('variant.csv', spoil(sampleExport([vin]), 0, 'VARIANT', 'NEWBOX'))
    const held = await gateway.ecoc(vin, ['held'])
    t.equal(held.reasonCode, 'APR-001')
    t.notOk((await gateway.files()).includes('variant.csv.errors.csv'), 'it is not the builder’s error')
    const approval = readSample('approvals/example-bodies.yaml').toString()
    const file = join(gateway.data, 'approval.yaml')
    await writeFile(file, approval.replaceAll(/^(\s*-?\s*variant:\s*).*$/gm, '$1NEWBOX'))
    const imported = await gateway.cli('approval', 'import', file, '--json')
    t.equal(imported.code, 0, imported.out + imported.err)
    t.equal((await gateway.ecoc(vin, ['accepted'])).state, 'accepted')
  })

  await t.test('of a vehicle without base eCoC waits for it', async (t) => {
    const [vin] = vins(301, 1) as [string]
    await gateway.drop('base.csv', sampleExport([vin]))
    t.equal((await gateway.ecoc(vin, ['held'])).reasonCode, 'BAS-001')
    await gateway.baseEcoc(vin)
    t.equal((await gateway.ecoc(vin, ['accepted'])).state, 'accepted')
  })

  await t.test('with the completed-vehicle flag off is held', async (t) => {
    const [vin] = vins(302, 1) as [string]
    await gateway.baseEcoc(vin)
    await gateway.drop('cop.csv', spoil(sampleExport([vin]), 0, 'COP', 'N'))
    t.match(await gateway.ecoc(vin, ['held']), { reasonCode: 'MAP-COP-001' })
  })

  await t.test('with drift waits for a sign-off of exactly what was shown', async (t) => {
    const [vin] = vins(303, 1) as [string]
    await gateway.baseEcoc(vin)
    await gateway.drop('drift.csv', spoil(sampleExport([vin]), 0, 'WHEELBASE', '3,800'))
    const { id } = await gateway.ecoc(vin, ['awaiting_signoff'])
    const { body } = await gateway.api<{ signOff: { documentSha256: string } }>(`/ecocs/${id}`)
    const decide = (documentSha256: string, role = 'quality') =>
      gateway.api(
        `/ecocs/${id}/sign-off`,
        { method: 'POST', body: JSON.stringify({ decision: 'approve', comment: 'measured twice', documentSha256 }) },
        role,
      )
    t.equal((await decide('0'.repeat(64))).status, 409, 'another document')
    t.equal((await decide(body.signOff.documentSha256, 'admin')).status, 403, 'a role that may not')
    t.ok((await decide(body.signOff.documentSha256)).status < 300)
    t.equal((await gateway.ecoc(vin, ['accepted'])).state, 'accepted')
  })

  await t.test('ends in documents that other tools accept', async (t) => {
    const folder = join(gateway.data, 'documents')
    await mkdir(folder)
    const { body } = await gateway.api<{ items: { id: string }[] }>('/ecocs?state=accepted&limit=500')
    t.ok(body.items.length >= 16)
    const files: string[] = []
    for (const { id } of body.items) {
      const { body: xml } = await gateway.api<string>(`/ecocs/${id}/ivi.xml`)
      files.push(join(folder, `${id}.xml`))
      await writeFile(files.at(-1)!, xml)
    }
    const root = join(gateway.data, 'sandbox', 'pki', 'root.crt')
    for (const file of files)
      execFileSync('xmlsec1', ['--verify', '--enabled-key-data', 'x509', '--trusted-pem', root, file], {
        stdio: 'pipe',
      })
    t.pass('xmlsec1 verifies each signature')
    const checked = await gateway.cli('check', ...files, '--json')
    t.equal(checked.code, 0, checked.out)
    const verified = await gateway.cli('verify', files[0]!, '--json')
    t.match(JSON.parse(verified.out), { valid: true, level: 'XAdES-B', trust: 'trusted' })
  })

  const absent = existsSync(shared) ? false : 'the reference schema is not beside this checkout'
  await t.test('ends in documents that the reference schema accepts', { skip: absent }, async (t) => {
    const folder = join(gateway.data, 'documents')
    const files = (await readdir(folder)).map((name) => join(folder, name))
    const xsd = join(gateway.data, 'ivi.xsd')
    await writeFile(xsd, execFileSync(process.execPath, [join(shared, 'make-xsd.mjs')], { maxBuffer: 1e8 }))
    const dsig = 'xmldsig-core-schema.xsd'
    await writeFile(join(gateway.data, dsig), await readFile(join(shared, dsig)))
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', xsd, ...files], { stdio: 'pipe' })
    t.pass('xmllint accepts each document')
  })

  await t.test('is still known after a restart, on the same data', async (t) => {
    const before = await gateway.accepted()
    t.equal(await gateway.stop(), 0)
    await gateway.start()
    t.same(await gateway.accepted(), before, 'the access point kept what it had')
    const { body } = await gateway.api<{ items: unknown[] }>('/ecocs?state=accepted&limit=500')
    t.equal(body.items.length, before.length)
  })
})
