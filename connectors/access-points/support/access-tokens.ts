import { createHash } from 'node:crypto'
import { SendError, type RawReply } from '../../../gateway/contract/access-point.ts'
import { callRest, type RestCall, type RestContext } from './call-rest.ts'
import { readJson, textAt } from './read-json.ts'

interface Held {
  readonly value: string
  readonly freshUntil: number
}

/** How to get a new token: the form that goes to the token service. */
export interface TokenRequest {
  readonly endpoint: string
  /** Everything that makes it another token: endpoint, client, scope, a hash of the secret. */
  readonly identity: readonly string[]
  /** Made anew for each request: assertions live for seconds. */
  readonly form: () => URLSearchParams
}

const MAX_TOKENS = 100
/** A token is renewed this long before its end, or at four fifths of a short life. */
const EARLY_MS = 60_000

const held = new Map<string, Held>()
const underWay = new Map<string, Promise<string>>()

/** Without a token nothing is sent: safe to try again. Words of the service, never the token or the secret. */
const noToken = (code: string, text: string, cause?: unknown): SendError =>
  new SendError(`${code}: ${text}`, false, cause)

const keyOf = ({ endpoint, identity }: TokenRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([endpoint, ...identity]))
    .digest('hex')

const fetchToken = async (wanted: TokenRequest, timeoutMs: number, context: RestContext): Promise<Held> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const body = Buffer.from(wanted.form().toString())
  const asked = Date.now()
  const call: RestCall = { method: 'POST', url: wanted.endpoint, headers, body }
  const reply = await callRest(call, timeoutMs, context).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : 'no answer'
    throw noToken('RST-001', `no token from ${wanted.endpoint}: ${why}`, error)
  })
  const answer = readJson(reply.bytes)
  const value = textAt(answer, ['access_token'])
  const seconds = Number(textAt(answer, ['expires_in']) ?? '0')
  if (reply.status !== 200 || value === undefined || !Number.isFinite(seconds) || /[^\x21-\x7e]/.test(value)) {
    const said = [textAt(answer, ['error']), textAt(answer, ['error_description'])].filter(Boolean).join(': ')
    const text = said === '' ? 'no token in the answer' : said.replace(/\s+/g, ' ').slice(0, 400)
    throw noToken('RST-002', `no token from ${wanted.endpoint}: HTTP ${reply.status}, ${text}`)
  }
  const lifeMs = Math.max(0, seconds * 1_000)
  return { value, freshUntil: asked + Math.max(lifeMs - EARLY_MS, lifeMs * 0.8) }
}

/**
 * The token to call with: kept in memory until shortly before its end, asked for once however many wait.
 * @throws SendError `dispatched: false` when there is none to be had
 */
export const accessToken = async (wanted: TokenRequest, timeoutMs: number, context: RestContext): Promise<string> => {
  const key = keyOf(wanted)
  const known = held.get(key)
  if (known && known.freshUntil > Date.now()) return known.value
  const waiting = underWay.get(key)
  if (waiting) return waiting
  const asking = fetchToken(wanted, timeoutMs, context)
    .then((fresh) => {
      if (held.size >= MAX_TOKENS) held.clear()
      held.set(key, fresh)
      return fresh.value
    })
    .finally(() => underWay.delete(key))
  underWay.set(key, asking)
  return asking
}

const dropToken = (wanted: TokenRequest, value: string): void => {
  const key = keyOf(wanted)
  // Another call may have renewed it meanwhile.
  if (held.get(key)?.value === value) held.delete(key)
}

/**
 * Calls with a token. A 401 means that the call was not looked at: it is made once more with a new token.
 * @throws SendError as `callRest` and `accessToken`
 */
export const callWithToken = async (
  call: RestCall,
  wanted: TokenRequest,
  timeoutMs: number,
  context: RestContext,
): Promise<RawReply> => {
  const once = (token: string): Promise<RawReply> =>
    callRest({ ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } }, timeoutMs, context)
  const token = await accessToken(wanted, timeoutMs, context)
  const reply = await once(token)
  if (reply.status !== 401) return reply
  dropToken(wanted, token)
  return once(await accessToken(wanted, timeoutMs, context))
}

/**
 * A submission that was refused for its token or permission was not taken: nothing is unknown about it.
 * @throws SendError `dispatched: false` for 401 and 403
 */
export const unlessRefused = (reply: RawReply): RawReply => {
  if (reply.status !== 401 && reply.status !== 403) return reply
  const said = reply.bytes.subarray(0, 300).toString('utf8').replace(/\s+/g, ' ').trim()
  throw noToken('RST-003', `the access point refuses this client: HTTP ${reply.status} ${said}`.trim())
}
