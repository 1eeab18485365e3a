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

/**
 * Reads the `ECOC_*` variables. One that is set to nothing counts as left out, as compose files set it.
 * @throws GatewayError CFG-010 a port that is none
 */
export const readEnvironment = (env: Readonly<Record<string, string | undefined>>, cwd: string): Environment => {
  const given = (name: string, otherwise: string): string => env[name]?.trim() || otherwise
  const text = given('ECOC_PORT', '8480')
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (Number.isNaN(port) || port > 65_535)
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-010',
      message: `ECOC_PORT is "${text}", which is no port.`,
      hint: 'Set it to a number from 0 to 65535, or leave it out for 8480.',
    })
  return {
    data: resolve(cwd, given('ECOC_DATA', './data')),
    config: resolve(cwd, given('ECOC_CONFIG', './config')),
    port,
    host: given('ECOC_HOST', '127.0.0.1'),
    log: given('ECOC_LOG', 'info'),
  }
}
