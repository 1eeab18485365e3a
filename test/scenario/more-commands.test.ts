import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway } from '../support/sandbox-gateway.ts'

test('the commands around a delivered eCoC', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  const vin = sampleVin(601)
  await gateway.baseEcoc(vin)
  await gateway.drop('one.csv', sampleExport([vin]))
  const { id } = await gateway.ecoc(vin, ['accepted'])
  const json = async (...args: string[]) => {
    const { code, out, err } = await gateway.cli(...args, '--json')
    return { code, value: JSON.parse(out || 'null'), err }
  }

  await t.test('retrieve gives the base eCoC of a VIN, or says that there is none', async (t) => {
    const { code, value } = await json('retrieve', vin)
    t.match({ code, value }, { code: 0, value: { found: true, source: 'simulated', verification: { valid: true } } })
    t.match(await readFile(value.file, 'utf8'), `<VehicleIdentificationNumber>${vin}</VehicleIdentificationNumber>`)
    t.match(await json('retrieve', sampleVin(699)), { code: 1, value: { found: false } })
    t.equal((await gateway.cli('retrieve', 'SHORT')).code, 2)
  })

  await t.test('compare finds each field that differs, between files and between folders', async (t) => {
    const { body } = await gateway.api<string>(`/ecocs/${id}/ivi.xml`)
    const [ours, theirs] = [join(gateway.data, 'ours'), join(gateway.data, 'theirs')]
    for (const folder of [ours, theirs]) await mkdir(folder)
    await writeFile(join(ours, 'a.xml'), body)
    await copyFile(join(ours, 'a.xml'), join(theirs, 'b.xml'))
    t.match(await json('compare', ours, theirs), { code: 0, value: { equal: true, differences: [] } })
    await writeFile(join(theirs, 'b.xml'), body.replace(/<Width>\d+</, '<Width>2001<'))
    const { code, value } = await json('compare', join(ours, 'a.xml'), join(theirs, 'b.xml'))
    t.equal(code, 1)
    t.match(value, { equal: false, differences: [{ vin, path: /\/DimensionGroup\/Width$/, theirs: '2001' }] })
    t.equal(value.differences.length, 1)
  })

  await t.test('route names the access point and the reasons', async (t) => {
    const { code, value } = await json('route', '--type-approval', 'e4*2018/858*99002*00', '--to', 'D')
    t.equal(code, 0)
    t.match(value.targets, [{ profile: 'EU', accessPoint: 'simulated', via: 'eu-soap', reasons: [String] }])
  })

  await t.test('cancel and correct refuse a state that does not allow them', async (t) => {
    t.match(await json('cancel', vin), { code: 1, value: { state: 'accepted' } })
    const proposed = await json('correct', vin)
    t.match(proposed, { code: 0, value: { state: 'cancelled' } }, 'nothing changed, so nothing is sent')
    const held = sampleVin(602)
    await gateway.drop('held.csv', sampleExport([held]))
    await gateway.ecoc(held, ['held'])
    t.match(await json('cancel', held), { code: 0, value: { state: 'cancelled' } })
  })

  await t.test('audit verify proves the chain and notices a changed event', async (t) => {
    const { code, value } = await json('audit', 'verify')
    t.match({ code, value }, { code: 0, value: { valid: true, findings: [] } })
    t.ok(value.events > 20)
    const anchor = join(gateway.data, 'anchor.json')
    await writeFile(anchor, JSON.stringify({ events: value.events, head: value.head }))
    await gateway.stop()
    t.match(await json('audit', 'verify', '--anchor', anchor), { code: 0, value: { valid: true } })
    const db = new Sqlite(join(gateway.data, 'gateway.sqlite'))
    db.prepare("UPDATE event SET actor = 'nobody' WHERE seq = 5").run()
    db.close()
    const broken = await json('audit', 'verify')
    t.match(broken, { code: 1, value: { valid: false, findings: [{ seq: 5 }] } })
    const cut = new Sqlite(join(gateway.data, 'gateway.sqlite'))
    cut.prepare('DELETE FROM event WHERE seq >= ?').run(value.events)
    cut.close()
    t.match(await json('audit', 'verify', '--anchor', anchor), { code: 1, value: { valid: false } })
  })
})
