import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GatewayError } from '../contract/index.ts'
import { packageRoot } from '../support/package-root.ts'

/** Makes the example PKI in a data folder on first use; does nothing when it is there. Needs openssl. */
export const sandboxPki = async (dataFolder: string): Promise<string> => {
  const folder = join(dataFolder, 'sandbox', 'pki')
  try {
    await promisify(execFile)('bash', [join(packageRoot, 'certs.example', 'make-pki.sh'), folder])
  } catch (cause) {
    throw new GatewayError({
      kind: 'config',
      code: 'SBX-001',
      message: `The example PKI could not be made in ${folder}: ${(cause as Error).message.split('\n')[0] ?? ''}`,
      hint: 'Install openssl (Debian: apt-get install openssl) and start again.',
      cause,
    })
  }
  return folder
}
