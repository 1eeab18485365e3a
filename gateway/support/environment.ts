import { resolve } from 'node:path'
import { GatewayError } from '../contract/index.ts'

/** Where the gateway lives, from the environment. Secrets never stand there, only in files. */
export interface Environment {
  readonly data: string
  readonly config: string
  readonly port: number
  readonly host: string
  readonly log: string
}

export const readEnvironment = (env: Readonly<Record<string, string | undefined>>, cwd: string): Environment => {
  const port = Number(env['ECOC_PORT'] ?? '8480')
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-010',
      message: `ECOC_PORT is "${env['ECOC_PORT'] ?? ''}", which is no port.`,
      hint: 'Set it to a number from 0 to 65535, or leave it out for 8480.',
    })
  return {
    data: resolve(cwd, env['ECOC_DATA'] ?? './data'),
    config: resolve(cwd, env['ECOC_CONFIG'] ?? './config'),
    port,
    host: env['ECOC_HOST'] ?? '127.0.0.1',
    log: env['ECOC_LOG'] ?? 'info',
  }
}
