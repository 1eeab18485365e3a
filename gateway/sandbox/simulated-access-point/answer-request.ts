import { isValid, type Finding } from '../../contract/finding.ts'
import type { Verification } from '../../contract/signer.ts'
import type { Clock } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { drawBehaviour, drawRandom, type BehaviourName } from './behaviour.ts'
import { readIviFacts, type IviFacts } from './read-ivi-facts.ts'
import type { SoapRequest } from './read-soap-request.ts'
import type { SimulatorStore } from './simulator-store.ts'
import type { SoapVersion } from './wire-format.ts'
import { soapFault, soapReply, type ReplyFacts, type ReplyMessage } from './write-soap-reply.ts'

/** The checks of a real access point, handed in. */
export interface SimulatorChecks {
  schema(bytes: Buffer): Finding[]
  rules(bytes: Buffer): Finding[]
  verify(bytes: Buffer): Verification
  /** Whether the signer of a document whose signature holds may sign it. */
  signer(bytes: Buffer, verification: Verification): Finding[]
}

/** What goes back, and how. `cut`: close the connection instead; `hang`: leave it open without an answer. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
  readonly delayMs: number
  readonly delivery: 'answer' | 'cut' | 'hang'
}
const answer = (contentType: string, body: Buffer, status: number): Answer => ({
  status,
  contentType,
  body,
  delayMs: 0,
  delivery: 'answer',
})
export const xmlAnswer = (version: SoapVersion, body: Buffer, status = 200): Answer =>
  answer(version === '1.1' ? 'text/xml; charset=utf-8' : 'application/soap+xml; charset=utf-8', body, status)

const PENDING_MS = 1_000
/** Plainly no reference of ours. */
const otherReference = '00000000-0000-4000-8000-000000000000'

const untrusted: ReplyMessage = {
  code: 'SIM-TRUST-001',
  text: 'The signer is not trusted here.',
  severity: 'error',
  path: '/',
}

const unsigned: ReplyMessage = { ...untrusted, code: 'SIM-SIGN-001', text: 'The signature does not hold.' }
const nameless: ReplyMessage = {
  code: 'SIM-INPUT-001',
  text: 'The document has no IviReferenceId or no VIN.',
  severity: 'error',
  path: '/',
}

/** Everything a strict access point finds wrong; empty when the document is acceptable. */
const objections = (checks: SimulatorChecks, bytes: Buffer): ReplyMessage[] => {
  const asMessages = (findings: readonly Finding[]): ReplyMessage[] =>
    findings.map((f) => ({ code: f.code, text: f.message, severity: f.severity, path: f.path }))
  const schema = checks.schema(bytes)
  // Rules read a document that the schema has accepted.
  const content = isValid(schema) ? checks.rules(bytes) : schema
  if (!isValid(content)) return asMessages(content)
  const verification = checks.verify(bytes)
  if (verification.valid && verification.trust === 'trusted') return asMessages(checks.signer(bytes, verification))
  return [...asMessages(verification.findings), verification.trust === 'trusted' ? unsigned : untrusted]
}

const scripted = (code: string, severity: 'error' | 'warning', text: string): ReplyMessage => ({
  code,
  severity,
  text,
  path: '/InitialVehicleInformation/CocDataGroup/VehicleIdentificationNumber',
})
const rejection = scripted('SIM-REJECT-001', 'error', 'Rejected because the simulated access point was told to.')
const warning = scripted('SIM-WARN-001', 'warning', 'Accepted with this warning because it was told to.')

interface Context {
  readonly store: SimulatorStore
  readonly checks: SimulatorChecks
  readonly clock: Clock
}

/** What the access point holds of a reference, as it would say it now. */
const known = (store: SimulatorStore, iviReferenceId: string, now: number): ReplyFacts | undefined => {
  const found = store.find(iviReferenceId)
  if (!found) return undefined
  return {
    outcome: found.acceptedFrom > now ? 'PENDING' : found.outcome,
    reference: `SAP-${String(found.number).padStart(8, '0')}`,
    iviReferenceId,
    sha256: found.sha256,
    messages: found.outcome === 'ACCEPTED_WITH_WARNINGS' ? [warning] : [],
  }
}

/** Checks and keeps a submission. Runs to its end without a pause, so two of the same reference cannot cross. */
const processSubmission = (c: Context, bytes: Buffer, facts: IviFacts, behaviour: BehaviourName): ReplyFacts => {
  const now = c.clock().getTime()
  const { iviReferenceId } = facts
  const before = known(c.store, iviReferenceId, now)
  if (before) {
    const stillPending = before.outcome === 'PENDING' && before.sha256 === sha256(bytes)
    return stillPending ? before : { ...before, outcome: 'DUPLICATE' }
  }
  const found = objections(c.checks, bytes)
  const messages = found.length === 0 && (iviReferenceId === '' || facts.vin === '') ? [nameless] : found
  if (messages.length > 0) return { outcome: 'REJECTED', iviReferenceId, messages }
  if (behaviour === 'reject') return { outcome: 'REJECTED', iviReferenceId, messages: [rejection] }
  c.store.accept({
    ...facts,
    bytes,
    sha256: sha256(bytes),
    outcome: behaviour === 'warn' ? 'ACCEPTED_WITH_WARNINGS' : 'ACCEPTED',
    acceptedFrom: behaviour === 'pending' ? now + PENDING_MS : now,
  })
  const after = known(c.store, iviReferenceId, now) ?? { outcome: 'NOT_FOUND' }
  return behaviour === 'duplicate-reply' ? { ...after, outcome: 'DUPLICATE' } : after
}

/** Spoils the way back as scripted. A rejection is not an acceptance: only resets, time-outs and garbage touch it. */
const deliver = (request: SoapRequest, facts: ReplyFacts, behaviour: BehaviourName, random: number): Answer => {
  const good = xmlAnswer(request.version, soapReply(request.version, 'SubmitIvi', facts))
  switch (behaviour) {
    case 'reset-after-accept':
      return { ...good, delivery: 'cut' }
    case 'timeout-after-accept':
      return { ...good, delivery: 'hang' }
    case 'malformed-reply':
      return xmlAnswer(request.version, Buffer.from('<soap:Envelope><soap:Body><ap:SubmitIviResponse>ACCEP'))
    case 'slow':
      return { ...good, delayMs: 2_000 + Math.floor(random * 1_000) }
    case 'wrong-receipt':
      return facts.outcome === 'REJECTED'
        ? good
        : xmlAnswer(
            request.version,
            soapReply(request.version, 'SubmitIvi', { outcome: 'ACCEPTED', iviReferenceId: otherReference }),
          )
    default:
      return good
  }
}

const submit = (c: Context, request: SoapRequest): Answer => {
  const { behaviour, next } = drawBehaviour(c.store.behaviour())
  c.store.setBehaviour(next)
  const bytes = request.payload
  const facts = readIviFacts(bytes) ?? { iviReferenceId: '', version: '', vin: '' }
  const log = (outcome: string, answered: boolean): void => {
    const { messageId, operation } = request
    const { iviReferenceId, vin } = facts
    c.store.log({
      at: c.clock().toISOString(),
      operation,
      iviReferenceId,
      vin,
      messageId,
      sha256: sha256(bytes),
      outcome,
      answered,
    })
  }
  if (behaviour === 'reset-before-accept') {
    log('cut', false)
    return { ...xmlAnswer(request.version, Buffer.alloc(0)), delivery: 'cut' }
  }
  if (behaviour === 'http-500' || behaviour === 'soap-fault') {
    log(behaviour, true)
    if (behaviour === 'http-500')
      return answer('text/html', Buffer.from('<html><body>Internal Server Error</body></html>'), 500)
    return xmlAnswer(
      request.version,
      soapFault(request.version, 'receiver', 'The access point is out of order because it was told to be.'),
      500,
    )
  }
  const reply = processSubmission(c, bytes, facts, behaviour)
  const delivered = deliver(request, reply, behaviour, drawRandom(next.randomState).value)
  log(reply.outcome.toLowerCase(), delivered.delivery === 'answer')
  return delivered
}

const query = (c: Context, request: SoapRequest): Answer => {
  const iviReferenceId = request.value.toLowerCase()
  const now = c.clock()
  const reply: ReplyFacts = known(c.store, iviReferenceId, now.getTime()) ?? { outcome: 'NOT_FOUND', iviReferenceId }
  const found = c.store.find(iviReferenceId)
  c.store.log({
    at: now.toISOString(),
    operation: 'query',
    iviReferenceId,
    vin: found?.vin ?? '',
    messageId: request.messageId,
    sha256: found?.sha256 ?? '',
    outcome: reply.outcome.toLowerCase(),
    answered: true,
  })
  return xmlAnswer(request.version, soapReply(request.version, 'QueryIvi', reply))
}

const retrieve = (c: Context, request: SoapRequest): Answer => {
  const document = c.store.base(request.value)
  const reply: ReplyFacts = document ? { outcome: 'FOUND', document } : { outcome: 'NOT_FOUND' }
  return xmlAnswer(request.version, soapReply(request.version, 'RetrieveIvi', reply))
}

/** Answers one request; everything it decides is on disk when it returns. Scripted behaviour touches submissions only. */
export const answerRequest = (context: Context, request: SoapRequest): Answer =>
  context.store.together(() => ({ submit, query, retrieve })[request.operation](context, request))
