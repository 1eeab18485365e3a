import { createPublicKey, randomUUID, X509Certificate } from 'node:crypto'
import { examplePki } from '../support/pki.ts'
import { openHttpsFake, type FakeAnswer, type FakeCall } from './fake-https.ts'
import { FakeMaskinporten } from './maskinporten.ts'
import { disturb, FakeRegister, type Behaviour } from './fake-register.ts'

const service = '/ws/no/vegvesen/kjoretoy/felles/innmelding/meldingompreregistrering/v1'

interface Melding {
  ivi?: { iviDokument?: string; iviReferanse?: string }
  avgiftsklassifisering?: Record<string, unknown>
}

/**
 * Stands for Statens vegvesen's "melding om preregistrering" and its Maskinporten, for which an agreement is needed. Sourced
 * (their API pages, an open client): paths, base64 in JSON, 200/400/422/500 with an EcocStatusResponse, DELETE by reference for
 * the original sender only, iviIdentifikator, datoTid, melding.meldingstekst. Assumed: `varsler` for warnings and `feil` for
 * errors, and that a known reference is refused with 422.
 */
export const openVegvesen = async (options: { body?: 'object' | 'array' } = {}) => {
  const pki = await examplePki()
  const key = createPublicKey(pki.read('client.crt'))
  const scope = 'svv:kjoretoy/ecoc'
  const [id, keyId, audience] = [randomUUID(), 'key-2026', 'https://test.maskinporten.no/']
  const certificate = new X509Certificate(pki.read('client.crt')).raw
  const maskinporten = new FakeMaskinporten({ id, audience, scope, key, keyId, certificate })
  const register = new FakeRegister()
  const bodies: Melding[] = []
  const state = { behaviour: 'accept' as Behaviour }

  const respond = (status: number, iviReferanse: string, vin: string, text: string, more: object = {}): FakeAnswer => {
    const iviIdentifikator = { iviReferanse, understellsnummerMerke: { understellsnummer: vin } }
    const one = { iviIdentifikator, datoTid: new Date().toISOString(), melding: { meldingstekst: text }, ...more }
    return { status, json: options.body === 'array' ? [one] : one }
  }

  const create = (call: FakeCall): FakeAnswer => {
    const { behaviour } = state
    const given = JSON.parse(call.body.toString()) as Melding | Melding[]
    if (Array.isArray(given) !== (options.body === 'array')) return respond(400, '', '', 'Ugyldig forespørsel')
    const [melding] = Array.isArray(given) ? given : [given]
    const document = Buffer.from(melding?.ivi?.iviDokument ?? '', 'base64')
    const { iviReferenceId, vin } = register.read(document)
    bodies.push(melding ?? {})
    const note = (outcome: string, sha256 = '') =>
      register.requests.push({
        operation: 'submit',
        iviReferenceId,
        messageId: call.headers['x-correlation-id'] ?? '',
        sha256,
        outcome,
      })
    if (iviReferenceId === '' || melding?.ivi?.iviReferanse !== iviReferenceId)
      return respond(400, iviReferenceId, vin, 'IVI-dokumentet kan ikke leses')
    if (behaviour === 'http-500') return respond(500, iviReferenceId, vin, 'Ukjent feil')
    if (behaviour === 'busy') return { status: 503, headers: { 'retry-after': '30' }, text: 'busy' }
    if (behaviour === 'reset-before-accept') return 'cut'
    if (behaviour === 'reject') {
      note('reject')
      const feil = [{ kode: 'IVI-12', tekst: 'Masse i kjøreklar stand mangler', felt: '/MassInRunningOrder' }]
      return respond(422, iviReferenceId, vin, 'Meldingen feilet', { feil })
    }
    const held = register.accept(document)
    note(behaviour, held.sha256)
    if (held.known || behaviour === 'duplicate-reply')
      return respond(422, iviReferenceId, vin, 'IVI-referansen er allerede mottatt')
    const varsler = behaviour === 'warn' ? [{ kode: 'IVI-90', tekst: 'Farge er ønsket' }] : []
    const named = behaviour === 'wrong-receipt' ? randomUUID() : iviReferenceId
    return disturb(behaviour, respond(200, named, vin, 'Mottatt og kjøretøy opprettet', { varsler }))
  }

  const remove = (call: FakeCall): FakeAnswer => {
    const iviReferenceId = decodeURIComponent(call.url.pathname.split('/').at(-1) ?? '')
    const known = register.held.get(iviReferenceId)
    const messageId = call.headers['x-correlation-id'] ?? ''
    register.requests.push({
      operation: 'cancel',
      iviReferenceId,
      messageId,
      sha256: '',
      outcome: known ? 'gone' : 'none',
    })
    if (!known) return respond(422, iviReferenceId, '', 'Fant ikke samsvarserklæring')
    register.held.delete(iviReferenceId)
    return respond(200, iviReferenceId, known.vin, 'Sletting gjennomført')
  }

  const fake = await openHttpsFake(pki, (call) => {
    if (call.url.pathname === '/token') return maskinporten.answer(call)
    if (call.url.pathname === '/') return { status: 200, text: 'Statens vegvesen' }
    if (state.behaviour === 'token-gone') {
      maskinporten.tokens.clear()
      state.behaviour = 'accept'
    }
    if (!maskinporten.isValid(call.headers['authorization']?.replace('Bearer ', '') ?? ''))
      return { status: 401, text: 'Unauthorized' }
    if (call.method === 'POST' && call.url.pathname === `${service}/opprette`) return create(call)
    if (call.method === 'DELETE' && call.url.pathname.startsWith(`${service}/slette/ivireferanse/`)) return remove(call)
    return { status: 404, text: 'Not found' }
  })
  return {
    origin: fake.origin,
    config: {
      environment: 'test',
      host: fake.origin,
      maskinporten: { clientId: id, key: pki.file('client.key'), keyId, tokenEndpoint: `${fake.origin}/token` },
      trustAnchors: [pki.file('root.crt')],
      body: options.body ?? 'object',
      timeout: '2s',
    },
    maskinporten,
    /** Every message that could be read, as it came. */
    bodies,
    behave: (behaviour: Behaviour) => {
      state.behaviour = behaviour
    },
    accepted: () => [...register.held.values()],
    requests: () => register.requests,
    close: fake.close,
  }
}
