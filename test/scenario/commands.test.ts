import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { runEcoc, temporaryFolder } from '../support/run-ecoc.ts'
import { SandboxGateway } from '../support/sandbox-gateway.ts'

test('records are mapped, checked, signed and verified file by file', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  const vins = [sampleVin(401), sampleVin(402)]
  for (const vin of vins) await gateway.baseEcoc(vin)
  const csv = join(gateway.data, 'two.csv')
  await writeFile(csv, sampleExport(vins))
  const out = join(gateway.data, 'unsigned')

  const mapped = await gateway.cli('map', csv, '--mapper', 'sage-x3', '--out', out, '--json')
  t.equal(mapped.code, 0, mapped.out + mapped.err)
  const files = (JSON.parse(mapped.out) as { recordKey: string; vin: string; file: string }[]).map((m) => m.file)
  t.equal(files.length, 2)
  const checked = await gateway.cli('check', ...files, '--unsigned', '--json')
  t.equal(checked.code, 0, checked.out)
  t.match(JSON.parse(checked.out), [
    { file: files[0], valid: true },
    { file: files[1], valid: true },
  ])
  t.equal((await gateway.cli('check', files[0]!, '--json')).code, 1, 'unsigned is not valid as it is')

  const signed = join(gateway.data, 'signed.xml')
  const sign = await gateway.cli('sign', files[0]!, '--out', signed, '--json')
  t.match(JSON.parse(sign.out), { file: signed, level: 'XAdES-B', certificate: /^[0-9a-f]{64}$/ })
  t.equal((await gateway.cli('check', signed)).code, 0)
  t.match(JSON.parse((await gateway.cli('verify', signed, '--json')).out), {
    valid: true,
    trust: 'trusted',
    level: 'XAdES-B',
  })
  const pki = join(gateway.data, 'sandbox', 'pki')
  const other = await gateway.cli('verify', signed, '--trust', join(pki, 'other-root.crt'), '--json')
  t.equal(other.code, 1)
  t.match(JSON.parse(other.out), { valid: false, trust: 'untrusted' })

  const text = (await readFile(signed, 'utf8')).replace('<Width>', '<Width> ')
  await writeFile(signed, text)
  t.match(await gateway.cli('verify', signed, '--json'), { code: 1, out: /SIG-130/ })

  const ran = await gateway.cli('run', csv, '--mapper', 'sage-x3', '--json')
  t.equal(ran.code, 0, ran.out + ran.err)
  t.match(JSON.parse(ran.out), [
    { vin: vins[0], state: 'accepted', receipt: { outcome: 'accepted' } },
    { vin: vins[1], state: 'accepted' },
  ])
  t.equal((await gateway.cli('doctor', '--json')).code, 0)
})

test('files run through the whole pipeline without a running gateway', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  const vin = sampleVin(501)
  await gateway.baseEcoc(vin)
  const csv = join(gateway.data, 'one.csv')
  await writeFile(csv, sampleExport([vin]))
  await gateway.kill()
  const ran = await gateway.cli('run', csv, '--mapper', 'sage-x3', '--json')
  t.equal(ran.code, 0, ran.out + ran.err)
  t.match(JSON.parse(ran.out), [{ recordKey: `${vin}/2`, vin, state: 'accepted' }])
})

test('what is no document, no file or no XML gets its own answer', async (t) => {
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'bad.xml'), '<a><b></a>')
  await writeFile(join(folder, 'bomb.xml'), '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
  t.match(await runEcoc(folder, ['check', 'bad.xml', '--json']), { code: 1, out: /XML-FORM/ })
  t.match(await runEcoc(folder, ['check', 'bomb.xml', '--json']), { code: 1, out: /XML-DTD/ })
  t.match(await runEcoc(folder, ['check', 'missing.xml']), { code: 3, err: /CLI-002/ })
  t.match(await runEcoc(folder, ['verify', 'bad.xml', '--json']), { code: 1, out: /"valid":false/ })
  t.match(await runEcoc(folder, ['sign', 'bad.xml', '--out', 'x.xml', '--json']), { code: 1, out: /XML-FORM/ })
})
