import { z } from 'zod'
import { GatewayError } from '../../contract/errors.ts'
import { readCertificate, type Certificate } from '../../trust/certificate.ts'
import { sealChain } from '../seal-chain.ts'
import { suffices } from './auth-expression.ts'
import type { CscSignerConfig } from './config.ts'
import { cscError, said } from './csc-error.ts'
import { dialects, oid, type CredentialFacts } from './dialect.ts'
import type { CscService } from './service.ts'

/** The credential that signs, with what was learnt of it. */
export interface Credential {
  readonly id: string
  readonly facts: CredentialFacts
  readonly leaf: Certificate
  /** DER: the signer's certificate, then its issuers without the root. */
  readonly chain: readonly Buffer[]
  readonly signAlgo: string
  /** Ids of the secrets that go into an authorisation, and whether they are good for one use only. */
  readonly secrets: ReadonlyMap<string, boolean>
}

const maxCredentials = 200
const listAnswer = z.object({
  credentialIDs: z.array(z.string().min(1).max(500)).max(maxCredentials),
  nextPageToken: z.string().max(5000).nullish(),
})
const infoAnswer = z.object({
  specs: z.string().max(50).optional(),
  methods: z.array(z.string().max(200)).max(200).optional(),
})
const needed = ['credentials/info', 'credentials/authorize', 'signatures/signHash']

/** Throws `SIG-414` when the service speaks another version, or cannot sign hashes. */
export const verifyService = async (service: CscService, version: 'v1' | 'v2'): Promise<void> => {
  const { specs, methods } = await service.ask('info', {}, infoAnswer)
  const wrong = 'The signing service is not what was configured:'
  if (specs !== undefined && !specs.startsWith(`${version.slice(1)}.`))
    throw cscError('SIG-414', `${wrong} it speaks ${said(specs)}, not ${version}.`, 'Correct url and version.')
  const missing = methods ? needed.filter((method) => !methods.includes(method)) : []
  if (missing.length > 0)
    throw cscError(
      'SIG-414',
      `${wrong} it has no ${missing.join(', ')}.`,
      'Ask the provider for a seal that signs hashes.',
    )
}

const signAlgoOf = (id: string, { algorithms }: CredentialFacts): string => {
  const usable = [oid.rsaSha256, oid.rsa].find((algorithm) => algorithms.includes(algorithm))
  if (usable !== undefined) return usable
  const message = `Credential ${id} offers ${said(algorithms.join(', '))}, but not RSA with SHA-256 by PKCS#1 v1.5.`
  throw cscError(
    'SIG-408',
    message,
    'IVI signatures are neither ECDSA nor RSASSA-PSS: order a seal that makes the other one.',
  )
}

const secretsOf = (id: string, { mode, objects, expression }: CredentialFacts, files: object): Map<string, boolean> => {
  if (mode !== 'explicit' && mode !== 'implicit') {
    const message = `Credential ${id} is authorised by ${said(mode)}, which needs a person at a browser.`
    throw cscError('SIG-409', message, 'Ask the provider for a credential that a system may use by itself.')
  }
  const usable = objects.filter(({ id: object, isPassword }) => isPassword && Object.hasOwn(files, object))
  const isEnough =
    expression === undefined
      ? usable.length === objects.length
      : suffices(expression, (object) => usable.some((o) => o.id === object))
  if (isEnough || mode === 'implicit') return new Map(usable.map((o) => [o.id, o.isOneTime]))
  const message = `Credential ${id} asks for ${said(expression ?? objects.map((o) => o.id).join(' AND '))} at each authorisation.`
  throw cscError('SIG-409', message, 'Name a file for each under `secrets`, or ask the provider for another way.')
}

const read = (certificates: readonly string[]): Certificate[] =>
  certificates.map((text) => readCertificate(Buffer.from(text, 'base64')))

type Context = {
  readonly config: CscSignerConfig
  readonly service: CscService
  readonly name: string
  readonly at: Date
}

const fetchCredential = async (id: string, { config, service }: Context) => {
  const body = { credentialID: id, certificates: 'chain', certInfo: false, authInfo: true }
  const facts = dialects[config.version].readCredential(
    await service.ask('credentials/info', body, z.unknown(), 'SIG-405'),
  )
  if (!facts)
    throw cscError(
      'SIG-404',
      `The signing service says of credential ${said(id)} what is not the API’s.`,
      'Tell the provider.',
    )
  const certificates = read(facts.certificates)
  const [leaf] = certificates
  if (!leaf) throw cscError('SIG-407', `Credential ${said(id)} has no certificate.`, 'Ask the provider.')
  return { id, facts, leaf, certificates }
}
type Fetched = Awaited<ReturnType<typeof fetchCredential>>

const matches = ({ id, leaf }: Fetched, wanted: CscSignerConfig['credential']): boolean =>
  (wanted.id === undefined || id === wanted.id) &&
  (wanted.subject === undefined || leaf.subject.includes(wanted.subject)) &&
  (wanted.issuer === undefined || leaf.x509.issuer.split('\n').join(', ').includes(wanted.issuer)) &&
  (wanted.certificateSha256 === undefined || leaf.sha256 === wanted.certificateSha256)

/** What can sign, or the reason why it cannot. */
const judge = ({ id: given, facts, leaf, certificates }: Fetched, { config, name, at }: Context): Credential => {
  const id = said(given)
  if (!facts.keyEnabled) throw cscError('SIG-407', `The key of credential ${id} is disabled.`, 'Have it enabled.')
  if (facts.status !== undefined && facts.status !== 'valid')
    throw cscError('SIG-407', `The certificate of credential ${id} is ${said(facts.status)}.`, 'Renew the seal.')
  const chain = sealChain(`${name} (credential ${id})`, certificates, leaf, at)
  const signAlgo = signAlgoOf(id, facts)
  if (config.signaturesPerAuthorisation !== undefined && facts.scal === 2) {
    const message = `Credential ${id} binds each authorisation to its hashes (SCAL 2): signaturesPerAuthorisation cannot be used.`
    throw cscError('SIG-414', message, 'Leave it out.')
  }
  return { id: given, facts, leaf, chain, signAlgo, secrets: secretsOf(id, facts, config.secrets) }
}

const listIds = async ({ config, service }: Context): Promise<string[]> => {
  const ids: string[] = []
  const user = config.userId === undefined ? {} : { userID: config.userId }
  for (let page: string | null | undefined; ids.length <= maxCredentials;) {
    const body = { ...user, ...(page ? { pageToken: page } : {}) }
    const answer = await service.ask('credentials/list', body, listAnswer)
    ids.push(...answer.credentialIDs)
    page = answer.nextPageToken
    if (!page) return [...new Set(ids)]
  }
  const message = `The signing service lists more than ${maxCredentials} credentials.`
  throw cscError('SIG-406', message, 'Name the one that signs by its id.')
}

/**
 * The one credential that was asked for and can sign. Never a guess: none and several are refused, with the reasons.
 * Throws `SIG-405` none, `SIG-406` several, and for a single one why it cannot sign: `SIG-004` `SIG-005` `SIG-007` `SIG-009`
 * (certificate), `SIG-407` disabled or revoked, `SIG-408` key, `SIG-409` a person is needed, `SIG-414` settings.
 */
export const chooseCredential = async (context: Context): Promise<Credential> => {
  const { credential: wanted } = context.config
  const ids = wanted.id === undefined ? await listIds(context) : [wanted.id]
  const usable: Credential[] = []
  const reasons: GatewayError[] = []
  for (const id of ids) {
    try {
      const fetched = await fetchCredential(id, context)
      if (matches(fetched, wanted)) usable.push(judge(fetched, context))
    } catch (error) {
      if (!(error instanceof GatewayError) || error.kind === 'operational') throw error
      reasons.push(error)
    }
  }
  const [first, ...others] = usable
  if (first && others.length === 0) return first
  if (first) {
    const list = usable.map(({ id, leaf }) => `${said(id)} (${leaf.subject})`).join('; ')
    throw cscError(
      'SIG-406',
      `${usable.length} credentials fit: ${list}.`,
      'Name one by its id, subject or fingerprint.',
    )
  }
  const [reason] = reasons
  if (reason && reasons.length === 1) throw reason
  const why = reasons.map(({ message }) => message).join(' ')
  const message = `Of ${ids.length} credentials at the signing service none is the one that was asked for and can sign. ${why}`
  throw cscError('SIG-405', message.trim(), 'Correct `credential`, or order a seal.')
}
