import { createPrivateKey, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Signer } from '../../../../gateway/contract/signer.ts'
import { signDocument } from '../../../../gateway/signature/sign-document.ts'
import { readCertificates } from '../../../../gateway/trust/certificate.ts'
import { documentOf, pki, run, signed, signingTime } from '../helpers.ts'

/** One way to pass something off as signed. */
export interface Attack {
  /** What the attacker does, and what for. */
  readonly how: string
  /** The code by which the gateway refuses it: the first finding. */
  readonly code: string
  /** What xmlsec1 says of the same bytes; where it accepts, we are on our own. Undefined: it cannot tell. */
  readonly xmlsec?: 'refuses' | 'accepts'
  readonly make: () => Buffer | Promise<Buffer>
  /** Roots to verify with; default: the example PKI's. */
  readonly roots?: () => Buffer[]
  /** The time of verification, where it is not now. */
  readonly at?: Date
}

export const text = signed.bytes.toString()
export const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(text)?.[0] ?? ''
export const unsigned = text.replace(signature, '')
/** The document with another vehicle: what the attacker wants to be believed. */
export const forged = unsigned.replace('WEXAMPLE000000001', 'WEXAMPLE000000666')
export const idOf = (element: string): string => new RegExp(`<${element} [^>]*Id="([^"]+)"`).exec(text)?.[1] ?? ''

/** Puts content before the root's end tag. */
export const inside = (root: string, content: string): Buffer =>
  Buffer.from(root.replace(/<\/InitialVehicleInformation>$/, () => `${content}</InitialVehicleInformation>`))

/** A signer made of any key and chain, past the checks of the loader. */
export const anySigner = (key: Buffer, ...chain: Buffer[]): Signer => {
  const opened = createPrivateKey(key)
  const certificates = chain.flatMap((file) => readCertificates(file)).map(({ der }) => der)
  return { name: 'any', chain: certificates, sign: (data) => Promise.resolve(sign('sha256', data, opened)) }
}

export const signedBy = async (by: Signer): Promise<Buffer> =>
  (await signDocument(documentOf(['x']), by, { signingTime })).bytes

/** A document signed by a signer of the example PKI. */
export const signedAs = (name: string, ...chain: string[]): Promise<Buffer> =>
  signedBy(anySigner(pki.read(`${name}.key`), ...chain.map((file) => pki.read(file))))

/** A small PKI that makes whatever is asked for; each certificate is made once. */
const dir = mkdtempSync(join(tmpdir(), 'ecoc-attacks-'))
export interface Made {
  readonly key: Buffer
  readonly crt: Buffer
}
export const seal = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature'
export const ca = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign'
const made = new Map<string, Promise<Made>>()
export const certify = (name: string, extensions: string, issuer?: string, ...more: string[]): Promise<Made> => {
  const known = made.get(name)
  if (known) return known
  const making = makeOne(name, extensions, issuer, more)
  made.set(name, making)
  return making
}
const makeOne = async (name: string, extensions: string, issuer: string | undefined, more: string[]): Promise<Made> => {
  const file = (end: string): string => join(dir, name + end)
  writeFileSync(file('.ext'), `[req]\ndistinguished_name=d\n[d]\n[x]\n${extensions}\n`)
  const isKey = more[0] === 'rsa:1024' || more[0] === 'ec'
  const key = isKey ? more : ['rsa:2048']
  const parameters = key[0] === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : []
  const request = ['-subj', `/CN=${name}`, '-config', file('.ext'), '-newkey', key[0] ?? '', ...parameters]
  const to = ['-nodes', '-keyout', file('.key')]
  if (issuer === undefined) {
    const self = ['req', '-new', '-x509', ...request, ...to, '-extensions', 'x', '-days', '30']
    await run('openssl', [...self, '-out', file('.crt')])
  } else {
    await run('openssl', ['req', '-new', ...request, ...to, '-out', file('.csr')])
    const by = ['-CA', join(dir, `${issuer}.crt`), '-CAkey', join(dir, `${issuer}.key`), '-CAcreateserial']
    const extension = ['-extfile', file('.ext'), '-extensions', 'x', ...(isKey ? [] : more)]
    await run('openssl', ['x509', '-req', '-in', file('.csr'), ...by, ...extension, '-out', file('.crt')])
  }
  return { key: readFileSync(file('.key')), crt: readFileSync(file('.crt')) }
}
export const certificateFile = (name: string): Buffer => readFileSync(join(dir, `${name}.crt`))
