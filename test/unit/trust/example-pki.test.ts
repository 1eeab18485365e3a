// slow: makes the PKI several times over
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test } from 'tap'
import { examplePki } from '../../support/pki.ts'

const script = fileURLToPath(new URL('../../../certs.example/make-pki.sh', import.meta.url))
const run = promisify(execFile)
const pki = await examplePki()
const scratch = (): string => mkdtempSync(join(tmpdir(), 'ecoc-pki-test-'))

test('openssl finds every chain as it should be', async (t) => {
  const check = (name: string, ...more: string[]): Promise<unknown> =>
    run('openssl', [
      'verify',
      '-CAfile',
      pki.file('root.crt'),
      '-untrusted',
      pki.file('issuing.crt'),
      ...more,
      pki.file(name),
    ])
  for (const name of ['signer', 'chassis-signer', 'server', 'client', 'revoked', 'wrong-usage']) {
    await t.resolves(check(`${name}.crt`), name)
  }
  const said = (text: string): { message: RegExp } => ({ message: new RegExp(text) })
  await t.rejects(check('expired.crt'), said('certificate has expired'))
  await t.rejects(check('other-signer.crt'), said('unable to get local issuer'))
  const crl = ['-crl_check', '-CRLfile', join(scratch(), 'crl.pem')]
  await run('openssl', ['crl', '-inform', 'DER', '-in', pki.file('issuing.crl'), '-out', crl[2]!])
  await t.rejects(check('revoked.crt', ...crl), said('certificate revoked'))
  await t.resolves(check('signer.crt', ...crl))
})

test('keys and the password are for the owner only', (t) => {
  const secret = readdirSync(pki.dir).filter((name) => /\.(key|p12|password)$/.test(name))
  t.equal(secret.length, 13)
  for (const name of secret) t.equal(statSync(pki.file(name)).mode & 0o777, 0o600, name)
  t.end()
})

test('a complete folder is left as it is; a folder of something else is not touched', async (t) => {
  const before = pki.read('signer.crt')
  await run('bash', [script, pki.dir])
  t.same(pki.read('signer.crt'), before)
  const other = scratch()
  writeFileSync(join(other, 'precious'), 'x')
  await t.rejects(run('bash', [script, other]), { code: 1 })
  t.same(readdirSync(other), ['precious'])
  await t.rejects(run('bash', [script]), { code: 2 })
})

test('a run that is stopped leaves nothing, and two runs at once leave one whole folder', async (t) => {
  const dir = scratch()
  const target = join(dir, 'with space', 'pki')
  const stopped = spawn('bash', [script, target], { stdio: 'ignore' })
  await sleep(150)
  stopped.kill('SIGTERM')
  await once(stopped, 'exit')
  t.same(readdirSync(join(dir, 'with space')), [])
  mkdirSync(target, { recursive: true })
  await Promise.all([run('bash', [script, target]), run('bash', [script, `${target}/`])])
  t.same(readdirSync(join(dir, 'with space')), ['pki'])
  t.same(readdirSync(target), readdirSync(pki.dir))
  t.match(readFileSync(join(target, 'signer.chain.pem'), 'utf8'), /^-----BEGIN CERTIFICATE-----/)
})
