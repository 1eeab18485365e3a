import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GatewayError } from '../../contract/errors.ts'

const run = promisify(execFile)

const configuration = `[req]
distinguished_name = name
prompt = no
[name]
CN = localhost
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
[ca]
default_ca = issuing
[issuing]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any_name
[any_name]
commonName = supplied
`

/**
 * Has the example PKI's issuing CA make a server certificate that expired long ago, for the server's own key.
 * @param pki folder of the example PKI.
 * @returns PEM: the certificate followed by its issuer.
 * @throws GatewayError SIM-003 when the CA's key or openssl is missing.
 */
export const makeExpiredCertificate = async (pki: string): Promise<Buffer> => {
  const cwd = await mkdtemp(join(tmpdir(), 'ecoc-expired-'))
  try {
    const issuer = join(pki, 'issuing.crt')
    await writeFile(join(cwd, 'openssl.cnf'), configuration)
    await writeFile(join(cwd, 'index.txt'), '')
    await writeFile(join(cwd, 'serial'), '7E01')
    const openssl = (...args: string[]) => run('openssl', args, { cwd, timeout: 10_000 })
    await openssl('req', '-new', '-key', join(pki, 'server.key'), '-config', 'openssl.cnf', '-out', 'server.csr')
    const validity = ['-startdate', '20230101000000Z', '-enddate', '20240101000000Z']
    const ca = ['-cert', issuer, '-keyfile', join(pki, 'issuing.key'), ...validity]
    const ask = ['ca', '-batch', '-notext', '-config', 'openssl.cnf', '-extensions', 'server']
    await openssl(...ask, ...ca, '-in', 'server.csr', '-out', 'server.crt')
    return Buffer.concat([await readFile(join(cwd, 'server.crt')), await readFile(issuer)])
  } catch (cause) {
    throw new GatewayError({
      kind: 'operational',
      code: 'SIM-003',
      message: `An expired server certificate cannot be made from the example PKI in ${pki}.`,
      hint: 'The behaviour tls-expired needs openssl and the key of the issuing CA.',
      cause,
    })
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}
