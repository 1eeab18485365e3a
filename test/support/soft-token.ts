import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pkcs11SignerConfig } from '../../gateway/signers/pkcs11/config.ts'
import type { TokenSettings } from '../../gateway/signers/pkcs11/open-token.ts'
import { examplePki } from './pki.ts'

const run = promisify(execFile)
export const softHsm = '/usr/lib/softhsm/libsofthsm2.so'
export const pin = '493817'

/** Why tests with a token cannot run on this machine; undefined when they can. */
export const noToken = (): string | undefined => {
  if (!existsSync(softHsm)) return 'needs softhsm2'
  if (!existsSync('/usr/bin/pkcs11-tool')) return 'needs opensc'
  if (!existsSync('/usr/bin/gcc')) return 'needs gcc'
  const built = new URL('../../node_modules/pkcs11js/build/Release/pkcs11.node', import.meta.url)
  return existsSync(built) ? undefined : 'pkcs11js is not built'
}

/** A key and a certificate on the token. */
export interface Content {
  readonly label: string
  /** CKA_ID in hex. */
  readonly id: string
  /** PEM. */
  readonly key: string
  /** PEM; undefined leaves the token without. */
  readonly certificate?: string
  readonly alwaysAuthenticate?: boolean
}

export interface SoftToken {
  readonly folder: string
  readonly label: string
  readonly pinFile: string
  readonly environment: Readonly<Record<string, string>>
  add(content: Content): Promise<void>
  /** Another token in the same module. */
  addToken(label: string): Promise<void>
}

/** A SoftHSM token of its own in a folder. */
export const makeSoftToken = async (folder: string, label = 'ecoc'): Promise<SoftToken> => {
  const conf = join(folder, 'softhsm2.conf')
  const pinFile = join(folder, 'pin')
  await mkdir(join(folder, 'tokens'), { recursive: true })
  await writeFile(
    conf,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  )
  await writeFile(pinFile, `${pin}\n`)
  const environment = { SOFTHSM2_CONF: conf }
  const env = { ...process.env, ...environment }
  const tool = (...args: string[]): Promise<unknown> =>
    run('pkcs11-tool', ['--module', softHsm, '--token-label', label, '--login', '--pin', pin, ...args], { env })
  const addToken = async (name: string): Promise<void> => {
    await run('softhsm2-util', ['--init-token', '--free', '--label', name, '--pin', pin, '--so-pin', '99887766'], {
      env,
    })
  }
  const add = async ({ label: name, id, key, certificate, alwaysAuthenticate }: Content): Promise<void> => {
    const der = join(folder, `${id}.der`)
    const object = ['--id', id, '--label', name]
    await run('openssl', ['pkey', '-in', key, '-outform', 'DER', '-out', der])
    const always = alwaysAuthenticate ? ['--always-auth'] : []
    await tool('--write-object', der, '--type', 'privkey', '--usage-sign', ...always, ...object)
    await run('openssl', ['pkey', '-in', key, '-pubout', '-outform', 'DER', '-out', der])
    await tool('--write-object', der, '--type', 'pubkey', '--usage-sign', ...object)
    if (certificate === undefined) return
    await run('openssl', ['x509', '-in', certificate, '-outform', 'DER', '-out', der])
    await tool('--write-object', der, '--type', 'cert', ...object)
  }
  await addToken(label)
  return { folder, label, pinFile, environment, add, addToken }
}

/** A token with the example PKI's seal on it, and its issuer in a file. */
export const makeSealToken = async (folder: string): Promise<SoftToken> => {
  const pki = await examplePki()
  const token = await makeSoftToken(folder)
  await token.add({ label: 'seal', id: '10', key: pki.file('signer.key'), certificate: pki.file('signer.crt') })
  return token
}

/** Settings of a signer on this token, as the configuration would give them. */
export const settingsFor = async (token: SoftToken, more: Record<string, unknown> = {}): Promise<TokenSettings> => {
  const pki = await examplePki()
  const { environment = {}, ...rest } = more
  const config = pkcs11SignerConfig.parse({
    kind: 'pkcs11',
    module: softHsm,
    token: { label: token.label },
    pinFile: token.pinFile,
    certificates: [pki.file('issuing.crt')],
    environment: { ...token.environment, ...(environment as object) },
    ...rest,
  })
  return { ...config, name: 'seal', clock: () => new Date() }
}

const source = fileURLToPath(new URL('../fakes/slow-token.c', import.meta.url))

/** Compiles test/fakes/slow-token.c, once per machine and content. Needs gcc. */
const slowModule = async (): Promise<string> => {
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16)
  const target = join(tmpdir(), `ecoc-slow-token-${process.getuid?.() ?? 0}-${hash}.so`)
  if (existsSync(target)) return target
  const headers = fileURLToPath(new URL('../../node_modules/pkcs11js/includes/pkcs11', import.meta.url))
  const made = `${target}.${process.pid}`
  await run('gcc', ['-shared', '-fPIC', '-O2', '-Wall', `-I${headers}`, source, '-o', made, '-ldl'])
  await rename(made, target)
  return target
}

/** A token that fails when told so. */
export interface FaultyToken {
  /** For `settingsFor`. */
  readonly settings: { readonly module: string; readonly environment: Readonly<Record<string, string>> }
  /** @param count how many times it happens, in all processes together; 0 until told otherwise */
  order(fault: string, count?: number, delayUs?: number): Promise<void>
  /** Whether the last fault that was ordered has happened once at least; only for one with a count. */
  happened(): boolean
  /** Answers of C_Login so far, such as `1 0x0`: kind of user and CKR in hex. */
  logins(): Promise<string[]>
}

export const makeFaulty = async (folder: string): Promise<FaultyToken> => {
  const file = join(folder, 'faults')
  let serial = 0
  const order = async (fault: string, count = 0, delayUs = 0): Promise<void> => {
    serial += 1
    // Renamed into place: the module must never read half of it.
    await writeFile(`${file}.new`, `${delayUs} ${fault} ${serial} ${count}\n`)
    await rename(`${file}.new`, file)
  }
  await order('none')
  return {
    settings: { module: await slowModule(), environment: { TOKEN_FAULTS: file } },
    order,
    happened: () => existsSync(`${file}.${serial}.0`),
    logins: async () => (await readFile(`${file}.logins`, 'utf8').catch(() => '')).split('\n').filter((l) => l !== ''),
  }
}
