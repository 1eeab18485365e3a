// slow: starts the command, and a time-stamping authority
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { runEcoc, temporaryFolder } from '../../support/run-ecoc.ts'
import { pki, signerOf, signingTime } from './helpers.ts'
import { anySigner } from './attacks/attack.ts'

const document = writeDocument(sampleBaseTree(sampleVin(1)))

test('ecoc sign and verify tell level, time stamp and revocation', async (t) => {
  const services = await startTrustServices()
  t.teardown(() => services.close())
  const folder = await temporaryFolder(t)
  const run = (...args: string[]) => runEcoc(folder, args)
  const json = async (...args: string[]): Promise<{ code: number; value: Record<string, unknown> }> => {
    const { code, out, err } = await run(...args, '--json')
    return { code, value: out === '' ? { err } : (JSON.parse(out) as Record<string, unknown>) }
  }
  await writeFile(join(folder, 'a.xml'), document)
  const tsaTrust = ['--tsa-trust', services.pki.file('root.crt')]
  const withTsa = ['--tsa', `${services.url}/tsa`, ...tsaTrust]

  await t.test('every form and level that can be had', async (t) => {
    t.match(await json('sign', 'a.xml', '--out', 'b.xml'), { code: 0, value: { level: 'XAdES-B' } })
    t.match(await json('verify', 'b.xml'), {
      code: 0,
      value: {
        valid: true,
        level: 'XAdES-B',
        trust: 'trusted',
        timeStamp: null,
        revocation: { status: 'unknown' },
        quality: { quality: 'neither', at: String, why: [/No service of the imported lists/] },
        findings: [],
      },
    })
    t.match(await json('sign', 'a.xml', '--out', 'p.xml', '--level', 'XMLDSig'), {
      code: 0,
      value: { level: 'XMLDSig' },
    })
    t.match(await json('verify', 'p.xml'), { code: 0, value: { level: 'XMLDSig', signedAt: null } })
    t.match(await json('sign', 'a.xml', '--out', 't.xml', '--level', 'T', ...withTsa), {
      code: 0,
      value: { level: 'XAdES-T' },
    })
    const roots = [join(folder, 'data/sandbox/pki/root.crt'), services.pki.file('root.crt')]
    const verified = await run('verify', 't.xml', '--trust', ...roots)
    t.match(verified, { code: 0, out: /level XAdES-T[^]*time stamp \d{4}-.*Test tsa, trusted\n +revocation unknown: / })
  })

  await t.test('each use of the key is an audit event of the data folder', async (t) => {
    const store = new Store(await openSqlite(join(folder, 'data')))
    const events = (await store.events.from(1, 1000)).filter(({ type }) => type === 'signature.made')
    await store.close()
    t.match(
      events.map(({ actor, detail }) => ({ actor, ...(JSON.parse(detail) as object) })),
      ['B', 'XMLDSig', 'T'].map((level) => ({ actor: 'command line', file: 'a.xml', level, certificate: String })),
    )
  })

  await t.test('a level that cannot be had is refused with the reason, and nothing is written', async (t) => {
    const sign = (...more: string[]) => run('sign', 'a.xml', '--out', 'no.xml', ...more)
    t.match(await sign('--level', 'T'), { code: 2, err: /--tsa/ })
    t.match(await sign('--level', 'X'), { code: 2, err: /XMLDSig, B, T, LT/ })
    t.match(await sign('--level', 'LT', ...withTsa), { code: 3, err: /SIG-304.*\n?[^]*names neither/ })
    t.match(await sign('--level', 'T', '--tsa', 'http://127.0.0.1:1/', ...tsaTrust), { code: 3, err: /TRU-140/ })
    t.match(await run('verify', 'no.xml'), { code: 3 })
  })

  await t.test('a revoked seal is refused: by OCSP, or by a list that is handed in', async (t) => {
    const { read, file } = services.pki
    const revoked = anySigner(read('revoked.key'), read('revoked.crt'), read('issuing.crt'))
    await writeFile(join(folder, 'r.xml'), (await signDocument(document, revoked, { signingTime })).bytes)
    t.match(await json('verify', 'r.xml', '--trust', file('root.crt')), {
      code: 1,
      value: { valid: false, trust: 'trusted', revocation: { status: 'revoked' }, findings: [{ code: 'TRU-120' }] },
    })
    t.match(await json('verify', 'r.xml', '--offline', '--trust', file('root.crt')), {
      code: 0,
      value: { valid: true, revocation: { status: 'unknown' }, findings: [{ code: 'TRU-121' }] },
    })
    const listed = (await signDocument(document, await signerOf('revoked'), { signingTime })).bytes
    await writeFile(join(folder, 'l.xml'), listed)
    const root = ['--trust', pki.file('root.crt')]
    t.match(await json('verify', 'l.xml', ...root), { code: 0, value: { revocation: { status: 'unknown' } } })
    t.match(await json('verify', 'l.xml', '--crl', pki.file('issuing.crl'), ...root), {
      code: 1,
      value: { revocation: { status: 'revoked', detail: /keyCompromise; revocation list/ } },
    })
  })
})
