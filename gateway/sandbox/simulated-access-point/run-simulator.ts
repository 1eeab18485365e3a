import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { GatewayError } from '../../contract/errors.ts'
import type { Clock } from '../../support/clock.ts'
import { readAddress, writeAddress } from './address-file.ts'
import { answerRequest, type SimulatorChecks } from './answer-request.ts'
import { drawBehaviour, type BehaviourState } from './behaviour.ts'
import { controlApi, type SampleBase } from './control-api.ts'
import { openSimulatorStore } from './simulator-store.ts'
import { SOAP_PATH, startSoapServer, type ServerTls, type SoapServer } from './soap-server.ts'

export interface SimulatorOptions {
  /** Folder of its own: what it accepted, its behaviour and its address. */
  readonly dir: string
  readonly tls: ServerTls
  /** Makes a certificate chain (PEM) that has expired, for the behaviour `tls-expired`. */
  readonly expiredCertificate: () => Promise<Buffer>
  readonly checks: SimulatorChecks
  readonly sampleBase: SampleBase
  /** Fixed ports; without them those of the last run, or free ones. */
  readonly port?: number
  readonly controlPort?: number
  readonly clock?: Clock
}

export interface Simulator {
  /** SOAP over mutual TLS. */
  readonly endpoint: string
  /** Control address, without a trailing slash. */
  readonly control: string
  close(): Promise<void>
}

const portOf = (url: string | undefined): number => (url === undefined ? 0 : Number(new URL(url).port))

/** Tries the wanted port; one from an earlier run may have been taken meanwhile, then any free one does. */
const withPort = async <T>(
  fixed: number | undefined,
  earlier: number,
  open: (port: number) => Promise<T>,
): Promise<T> => {
  if (fixed !== undefined) return open(fixed)
  try {
    return await open(earlier)
  } catch {
    return open(0)
  }
}

const listenControl = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new GatewayError({
          kind: 'operational',
          code: 'SIM-004',
          message: `The control address cannot listen on port ${port}.`,
          hint: 'Another program uses it; name another port or none.',
          cause,
        }),
      ),
    )
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/**
 * Starts the simulated access point in this process. Its endpoint, its control address and all it accepted stay in
 * `dir`, so the next start goes on where this one ends, however it ends.
 * @throws GatewayError SIM-001 when another one runs on the folder, SIM-004 when a fixed port is taken.
 */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const clock = options.clock ?? (() => new Date())
  await mkdir(options.dir, { recursive: true })
  const store = openSimulatorStore(options.dir)
  const earlier = await readAddress(options.dir)
  const instance = randomUUID()
  const context = { store, checks: options.checks, clock }
  let soap: SoapServer | undefined

  /** With `tls-expired` the handshake is what goes wrong, so each connection draws instead of each submission. */
  const applyBehaviour = async (state: BehaviourState): Promise<void> => {
    const certificate = state.behaviour === 'tls-expired' ? await options.expiredCertificate() : undefined
    soap?.useOtherCertificate(certificate, () => {
      const drawn = drawBehaviour(store.behaviour())
      store.setBehaviour(drawn.next)
      return drawn.behaviour === 'tls-expired'
    })
  }
  try {
    const server = await withPort(options.port, portOf(earlier?.endpoint), (port) =>
      startSoapServer(options.tls, port, (request) => answerRequest(context, request)),
    )
    soap = server
    await applyBehaviour(store.behaviour())
    const endpoint = `https://127.0.0.1:${server.port}${SOAP_PATH}`
    const health = () => ({ status: 'ok', pid: process.pid, instance, endpoint })
    const api = controlApi({
      store,
      clock,
      health,
      sampleBase: options.sampleBase,
      setBehaviour: async (state) => {
        await applyBehaviour(state)
        store.setBehaviour(state)
      },
    })
    const listener = getRequestListener(api.fetch)
    const control = createServer((request, response) => void listener(request, response))
    const controlPort = await withPort(options.controlPort, portOf(earlier?.control), (p) => listenControl(control, p))
    const address = { endpoint, control: `http://127.0.0.1:${controlPort}`, pid: process.pid, instance }
    await writeAddress(options.dir, address)
    return {
      endpoint: address.endpoint,
      control: address.control,
      async close() {
        control.closeAllConnections()
        await Promise.all([server.close(), new Promise((resolve) => control.close(resolve))])
        store.close()
      },
    }
  } catch (error) {
    await soap?.close()
    store.close()
    throw error
  }
}
