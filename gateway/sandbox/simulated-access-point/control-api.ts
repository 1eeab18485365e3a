import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { GatewayError } from '../../contract/errors.ts'
import type { Clock } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { behaviourRequest, type BehaviourState } from './behaviour.ts'
import { readIviFacts } from './read-ivi-facts.ts'
import type { SimulatorStore } from './simulator-store.ts'

/** The sample base vehicle, handed in: its signed document for a VIN, and the figures that fit it. */
export interface SampleBase {
  signed(vin: string): Promise<Buffer>
  info(): object
}

export interface ControlParts {
  readonly store: SimulatorStore
  readonly sampleBase: SampleBase
  readonly clock: Clock
  /** What `GET /_control/health` says of this process. */
  readonly health: () => object
  /** Takes a new behaviour into force; may fail when it cannot be had. */
  readonly setBehaviour: (state: BehaviourState) => Promise<void>
}

const vinRequest = z.strictObject({ vin: z.string().regex(/^[A-Z0-9]{17}$/, '17 capital letters and digits') })

const problem = (c: Context, status: 400 | 403 | 404 | 409 | 413 | 422, title: string, detail: string) =>
  c.json({ title, status, detail }, status, { 'content-type': 'application/problem+json' })

/** As it will stand inside a SOAP body: from its root element on, without byte order mark or declaration. */
const embeddable = (bytes: Buffer): Buffer => {
  const text = bytes.toString('utf8')
  const declaration = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?/.exec(text)?.[0] ?? ''
  return Buffer.from(text.slice(declaration.length))
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const addBase = async (c: Context, parts: ControlParts) => {
  const body = Buffer.from(await c.req.arrayBuffer())
  const text = body.toString('utf8')
  const isXml = /^\uFEFF?\s*</.test(text) || (c.req.header('content-type') ?? '').startsWith('application/xml')
  let document: Buffer
  if (isXml) {
    document = embeddable(body)
  } else {
    const request = vinRequest.safeParse(json(text))
    if (!request.success) return problem(c, 422, 'Neither an IVI document nor {vin}', z.prettifyError(request.error))
    document = await parts.sampleBase.signed(request.data.vin)
  }
  // Not checked any further: a base eCoC that is not in order must be retrievable too, to see it refused.
  const facts = readIviFacts(isXml ? body : document)
  if (!facts?.vin) return problem(c, 422, 'No IVI document', 'It is no well-formed IVI document with a VIN.')
  parts.store.putBase(facts.vin, document)
  return c.json({ vin: facts.vin, iviReferenceId: facts.iviReferenceId, sha256: sha256(document) }, 201)
}

const setBehaviour = async (c: Context, parts: ControlParts) => {
  const request = behaviourRequest.safeParse(json(await c.req.text()))
  if (!request.success) return problem(c, 422, 'Unknown behaviour', z.prettifyError(request.error))
  const state: BehaviourState = { ...request.data, randomState: request.data.seed }
  try {
    await parts.setBehaviour(state)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return problem(c, 409, error.message, error.hint ?? error.code)
  }
  return c.json(request.data)
}

/** The control API: plain HTTP for scripts and tests on the same machine, never for anybody else. */
export const controlApi = (parts: ControlParts): Hono => {
  const api = new Hono()
  api.use(bodyLimit({ maxSize: 5 * 1024 * 1024, onError: (c) => problem(c, 413, 'Too large', 'At most 5 MB.') }))
  api.use(async (c, next) => {
    // Loopback does not keep out a web page whose name was pointed at this machine.
    const host = (c.req.header('host') ?? '').replace(/:\d+$/, '')
    if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)) return problem(c, 403, 'Not for this host', host)
    // Scripts send no Origin. A page does, and could otherwise post to an address that it cannot read.
    const origin = c.req.header('origin')
    if (origin !== undefined) return problem(c, 403, 'Not for web pages', origin)
    await next()
    return undefined
  })
  api.get('/_control/health', (c) => c.json(parts.health()))
  api.get('/_control/accepted', (c) => c.json(parts.store.accepted(parts.clock().getTime())))
  api.get('/_control/requests', (c) => c.json(parts.store.requests()))
  api.get('/_control/sample-base', (c) => c.json(parts.sampleBase.info()))
  api.get('/_control/behaviour', (c) => {
    const { behaviour, probability, seed } = parts.store.behaviour()
    return c.json({ behaviour, probability, seed })
  })
  api.post('/_control/behaviour', (c) => setBehaviour(c, parts))
  api.post('/_control/base-ecoc', (c) => addBase(c, parts))
  api.notFound((c) => problem(c, 404, 'Not found', c.req.path))
  return api
}
