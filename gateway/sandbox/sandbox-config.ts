import { join } from 'node:path'
import { configSchema, type GatewayConfig, type GatewayConfigInput } from '../config/schema.ts'
import { readAddress } from './simulated-access-point/address-file.ts'

/** Folder of the simulated access point in a data folder. */
export const simulatorFolder = (dataFolder: string): string => join(dataFolder, 'sandbox', 'access-point')

/** The watched folder of the sandbox. */
export const sandboxInbox = (dataFolder: string): string => join(dataFolder, 'inbox', 'sage-x3')

/** Nobody listens on the discard port: stands where the simulated access point was never started. */
const nowhere = 'https://127.0.0.1:9/'

/** The sandbox as a configuration like any other: nothing in the gateway knows that it is one. Everything is quick. */
export const sandboxConfig = async (dataFolder: string, pki: string): Promise<GatewayConfig> => {
  const endpoint = (await readAddress(simulatorFolder(dataFolder)))?.endpoint ?? nowhere
  const simulated = {
    connector: 'eu-soap',
    environment: 'sandbox' as const,
    tls: {
      certificate: join(pki, 'client.chain.pem'),
      key: join(pki, 'client.key'),
      trustAnchors: [join(pki, 'root.crt')],
    },
    config: { endpoint, idempotentByReference: true, timeout: '5s', maxProcessing: '2s' },
  }
  const input: GatewayConfigInput = {
    site: {
      name: 'Sandbox',
      timeZone: 'Europe/Amsterdam',
      settings: { signerName: 'Alex Example', signerPosition: 'Head of Homologation', signerPlace: 'Example Town' },
    },
    signer: {
      name: 'Example Bodies',
      key: { kind: 'pkcs12', file: join(pki, 'signer.p12'), passwordFile: join(pki, 'signer.p12.password') },
    },
    trustAnchors: [join(pki, 'root.crt')],
    sources: [
      {
        name: 'sage-x3',
        connector: 'folder',
        mapper: 'sage-x3',
        poll: '1s',
        config: { path: sandboxInbox(dataFolder) },
      },
    ],
    accessPoints: [
      { name: 'simulated', ...simulated },
      { name: 'simulated-test', testOf: 'simulated', ...simulated },
    ],
    routing: { environment: 'sandbox', otherwise: 'simulated' },
    delivery: { firstRetry: '1s', longestRetry: '10s', probeEvery: '1s' },
    base: { retry: '2s' },
    writeBack: { gather: '500ms' },
  }
  return configSchema.parse(input)
}
