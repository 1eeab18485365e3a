import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { derChildren, readDer } from '../../gateway/trust/der.ts'
import { makeTrustPki } from './trust-pki.ts'
import type { TrustPki } from './trust-pki.ts'

/** What comes back instead of openssl's answer, by path; `hang` never answers. */
export type Misbehaviour =
  'hang' | 'error' | 'garbage' | 'redirect' | 'flood' | ((body: Buffer) => Buffer | Promise<Buffer>)

/** OpenSSL as time-stamping authority, OCSP responder and place of revocation lists, on 127.0.0.1. */
export interface TrustServices {
  readonly url: string
  readonly pki: TrustPki
  /** Paths asked for, in order. */
  readonly asked: string[]
  /** By path, such as `/ocsp`. */
  readonly misbehave: Map<string, Misbehaviour>
  /** `openssl ocsp` options instead of the delegated responder's. */
  ocspOptions: string[]
  close(): Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Runs openssl on a request and gives its answer; it ends with an error for what it refuses, and answers all the same. */
const answer = (dir: string, body: Buffer, args: (input: string, output: string) => string[]): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const scratch = mkdtempSync(join(tmpdir(), 'ecoc-openssl-'))
    const [input, output] = [join(scratch, 'in'), join(scratch, 'out')]
    writeFileSync(input, body)
    execFile('openssl', args(input, output), { cwd: dir }, (error) => {
      const made = existsSync(output) ? readFileSync(output) : undefined
      rmSync(scratch, { recursive: true, force: true })
      if (made) resolve(made)
      else reject(error ?? new Error('openssl made nothing'))
    })
  })

const delegated = ['-rsigner', 'ocsp.crt', '-rkey', 'ocsp.key', '-ndays', '1']

/** Answers as the services do: `/tsa`, `/tsa-loose`, `/tsa-other` (its own root), `/ocsp`, `/root.crl`, `/issuing.crl`. */
const serve = async (path: string, body: Buffer, { pki, ocspOptions }: TrustServices): Promise<Buffer | undefined> => {
  const name = path.slice(1)
  if (name.endsWith('.crl')) return existsSync(pki.file(name)) ? pki.read(name) : undefined
  if (name.startsWith('tsa'))
    return answer(pki.dir, body, (i, o) => ['ts', '-reply', '-config', `${name}.cnf`, '-queryfile', i, '-out', o])
  if (name !== 'ocsp') return undefined
  const ca = ['-index', 'issuing.index', '-CA', 'issuing.crt']
  return answer(pki.dir, body, (i, o) => ['ocsp', ...ca, ...ocspOptions, '-reqin', i, '-respout', o])
}

const types: Readonly<Record<string, string>> = {
  '/tsa': 'application/timestamp-reply',
  '/ocsp': 'application/ocsp-response',
}

const misbehaved = async (how: Misbehaviour, body: Buffer, response: ServerResponse): Promise<void> => {
  if (how === 'hang') return
  if (how === 'error') response.writeHead(500).end('no')
  else if (how === 'redirect') response.writeHead(302, { location: '/issuing.crl' }).end()
  else if (how === 'garbage') response.end(Buffer.from('<html>Welcome</html>'))
  else if (how === 'flood') response.end(Buffer.alloc(30 * 1024 * 1024, 0x30))
  else response.end(await how(body))
}

/** Starts them with a PKI whose certificates name them. Close it at the end. */
export const startTrustServices = async (): Promise<TrustServices> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pki = await makeTrustPki(url)
  const services: TrustServices = {
    url,
    pki,
    asked: [],
    misbehave: new Map(),
    ocspOptions: delegated,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(pki.dir, { recursive: true, force: true })
    },
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/'
    services.asked.push(path)
    const body = await bodyOf(request)
    const how = services.misbehave.get(path)
    if (how) return misbehaved(how, body, response)
    const bytes = await serve(path, body, services)
    if (!bytes) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': types[path] ?? 'application/octet-stream' }).end(bytes)
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  return services
}

/**
 * A time-stamp token around any TSTInfo (DER), signed by any certificates of the PKI: what no honest authority makes.
 * More names make more signers.
 */
export const forgeTimeStamp = async (pki: TrustPki, tstInfo: Buffer, ...names: readonly string[]): Promise<Buffer> => {
  writeFileSync(pki.file('tst.info'), tstInfo)
  const signers = names.flatMap((name) => ['-signer', `${name}.crt`, '-inkey', `${name}.key`])
  const form = ['-cades', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha256', '-certfile', 'issuing.crt']
  const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4']
  await pki.openssl('cms', '-sign', ...form, ...type, ...signers, '-in', 'tst.info', '-out', 'tst.token')
  return pki.read('tst.token')
}

/** The TSTInfo inside a token. */
export const tstInfoOf = (token: Buffer): Buffer => {
  const children = (bytes: Buffer): Buffer[] => derChildren(readDer(bytes)).map(({ raw }) => raw)
  const signedData = children(children(token)[1] ?? token)[0] ?? token
  const content = children(signedData)[2] ?? token
  return readDer(children(children(content)[1] ?? token)[0] ?? token).content
}
