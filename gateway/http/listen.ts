import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { GatewayError } from '../contract/index.ts'
import type { Env } from './env.ts'

export interface Listening {
  readonly port: number
  /** Takes no new calls, lets those under way end for so many milliseconds, then cuts them. */
  close(graceMs?: number): Promise<void>
}

const refused = (error: Error, host: string, port: number): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'API-021',
    message: `The gateway cannot listen on ${host}:${port}: ${error.message}`,
    hint: 'Another program may use the port; set ECOC_PORT or ECOC_HOST.',
    cause: error,
  })

/**
 * Serves the app. Port 0 takes a free one.
 * @throws GatewayError API-021 when the port cannot be had
 */
export const listen = (app: Hono<Env>, options: { readonly host: string; readonly port: number }): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const serverOptions = { requestTimeout: 120_000, headersTimeout: 20_000, maxHeaderSize: 16 * 1024 }
    const server = serve({ fetch: app.fetch, hostname: options.host, port: options.port, serverOptions }) as Server
    const close = (graceMs = 5000): Promise<void> =>
      new Promise((done) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs)
        // A connection whose last answer ends later is kept alive by the client and would hold up the end.
        const idle = setInterval(() => server.closeIdleConnections(), 50)
        server.close(() => {
          clearTimeout(cut)
          clearInterval(idle)
          done()
        })
      })
    server.once('error', (error) => reject(refused(error, options.host, options.port)))
    server.once('listening', () => resolve({ port: (server.address() as AddressInfo).port, close }))
  })
