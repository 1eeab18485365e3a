import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { examplePki } from '../support/pki.ts'
import { openHttpsFake, type FakeAnswer, type FakeCall } from './fake-https.ts'
import { disturb, FakeRegister, type Behaviour } from './fake-register.ts'

/**
 * Stands for the ingest API of the United Kingdom's VCA, which makers with credentials only can reach.
 * Sourced (API guide v1.2): client credentials of a tenant with a scope, application/xml, 202 for what is queued, a separate
 * status query, manufacturer-id and contact-id, structured errors. Assumed, since the guide is cut off: paths, names of the
 * headers and fields, the words of the statuses, the shape of an error, 409 for a known reference.
 */
export const openVca = async (options: { tokenSeconds?: number } = {}) => {
  const pki = await examplePki()
  const folder = mkdtempSync(join(tmpdir(), 'ecoc-vca-'))
  const [clientId, secret, manufacturerId, contactId] = [randomUUID(), 's3cret/with+signs', randomUUID(), randomUUID()]
  const scope = 'api://7d84c5ec-ed94-4082-b329-9a7e0b92034f/.default'
  writeFileSync(join(folder, 'secret'), `${secret}\n`, { mode: 0o600 })
  const register = new FakeRegister()
  const submissions = new Map<string, { iviReferenceId: string; status: string; errors: object[] }>()
  const tokens = new Map<string, number>()
  const state = { behaviour: 'accept' as Behaviour, tokensGiven: 0, lifetime: options.tokenSeconds ?? 3600 }

  const giveToken = ({ body }: FakeCall): FakeAnswer => {
    const form = new URLSearchParams(body.toString())
    const right =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === secret &&
      form.get('scope') === scope
    if (!right)
      return { status: 401, json: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid secret.' } }
    const token = randomBytes(24).toString('base64url')
    tokens.set(token, Date.now() + state.lifetime * 1_000)
    state.tokensGiven++
    return { status: 200, json: { token_type: 'Bearer', expires_in: state.lifetime, access_token: token } }
  }

  const note = (
    operation: 'submit' | 'query',
    call: FakeCall,
    about: { iviReferenceId: string; sha256?: string },
    outcome: string,
  ) =>
    register.requests.push({
      operation,
      iviReferenceId: about.iviReferenceId,
      messageId: call.headers['x-correlation-id'] ?? '',
      sha256: about.sha256 ?? '',
      outcome,
    })

  const submit = (call: FakeCall): FakeAnswer => {
    const { behaviour } = state
    if (call.headers['manufacturer-id'] !== manufacturerId || call.headers['contact-id'] !== contactId)
      return { status: 400, json: { code: 'MISSING_HEADER', message: 'manufacturer-id and contact-id are required.' } }
    const about = register.read(call.body)
    if (call.headers['content-type'] !== 'application/xml' || about.iviReferenceId === '')
      return {
        status: 422,
        json: { code: 'VALIDATION_FAILED', errors: [{ code: 'XSD', message: 'No IVI v2.', path: '/' }] },
      }
    if (behaviour === 'http-500') return { status: 500, json: { code: 'INTERNAL', message: 'Something broke.' } }
    if (behaviour === 'busy')
      return { status: 429, headers: { 'retry-after': '7' }, json: { code: 'THROTTLED', message: 'Slow down.' } }
    if (behaviour === 'reset-before-accept') return 'cut'
    const rejected = behaviour === 'reject'
    const known = register.held.get(about.iviReferenceId)
    const held = rejected ? undefined : register.accept(call.body)
    note('submit', call, { ...about, sha256: held?.sha256 ?? '' }, behaviour)
    if (known || behaviour === 'duplicate-reply')
      return {
        status: 409,
        json: { code: 'DUPLICATE_SUBMISSION', message: 'Known already.', ...about, sha256: held?.sha256 },
      }
    const submissionId = randomUUID()
    const error = { code: 'GB-017', message: 'The authority code is wrong.', path: '/Header', severity: 'error' }
    const warning = { code: 'GB-900', message: 'The colour is unusual.', severity: 'warning' }
    submissions.set(submissionId, {
      iviReferenceId: about.iviReferenceId,
      status: rejected ? 'Rejected' : behaviour === 'pending' ? 'Processing' : 'Accepted',
      errors: rejected ? [error] : behaviour === 'warn' ? [warning] : [],
    })
    const iviReferenceId = behaviour === 'wrong-receipt' ? randomUUID() : about.iviReferenceId
    return disturb(behaviour, { status: 202, json: { submissionId, status: 'Queued', iviReferenceId } })
  }

  const query = (call: FakeCall): FakeAnswer => {
    const byReference = call.url.searchParams.get('iviReferenceId')
    const found = [...submissions].filter(([id, s]) =>
      byReference === null ? id === call.url.pathname.split('/').at(-1) : s.iviReferenceId === byReference,
    )
    const items = found.map(([submissionId, { errors, ...rest }]) => ({ submissionId, ...rest, errors }))
    note('query', call, { iviReferenceId: byReference ?? items[0]?.iviReferenceId ?? '' }, items[0]?.status ?? 'none')
    if (byReference !== null) return { status: 200, json: { items } }
    if (items[0]) return { status: 200, json: items[0] }
    return { status: 404, json: { code: 'SUBMISSION_NOT_FOUND', message: 'There is no such submission.' } }
  }

  const fake = await openHttpsFake(pki, (call) => {
    if (call.url.pathname.endsWith('/oauth2/v2.0/token')) return giveToken(call)
    const token = call.headers['authorization']?.replace('Bearer ', '') ?? ''
    if (state.behaviour === 'token-gone') {
      tokens.clear()
      state.behaviour = 'accept'
    }
    if ((tokens.get(token) ?? 0) < Date.now())
      return { status: 401, json: { code: 'UNAUTHORIZED', message: 'Token expired.' } }
    if (call.method === 'POST' && call.url.pathname === '/api/v1/ivi') return submit(call)
    if (call.method === 'GET' && call.url.pathname.startsWith('/api/v1/submissions')) return query(call)
    return { status: 404, json: { statusCode: 404, message: 'Resource not found' } }
  })
  return {
    origin: fake.origin,
    config: {
      environment: 'preprod',
      clientId,
      clientSecret: join(folder, 'secret'),
      manufacturerId,
      contactId,
      host: fake.origin,
      tokenEndpoint: `${fake.origin}/37e4cd23-987e-4c94-a17d-c1ea08f6ebd9/oauth2/v2.0/token`,
      trustAnchors: [pki.file('root.crt')],
      timeout: '2s',
    },
    /** May be changed by a test. */
    state,
    behave: (behaviour: Behaviour) => {
      state.behaviour = behaviour
    },
    /** What became of every submission that is still in process. */
    decide: (status: string) => {
      for (const submission of submissions.values()) if (submission.status === 'Processing') submission.status = status
    },
    accepted: () => [...register.held.values()],
    requests: () => register.requests,
    close: async () => {
      await fake.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
