import { GatewayError } from '../../contract/errors.ts'
import { minimumRsaBits } from '../../signature/algorithms.ts'
import type { Certificate } from '../../trust/certificate.ts'
import { sealFault } from '../seal-chain.ts'
import type { KeyFacts, TokenContents } from './messages.ts'
import { refuse } from './refusals.ts'

export interface KeyName {
  readonly label?: string | undefined
  readonly id?: string | undefined
}
export interface ChosenKey {
  readonly key: KeyFacts
  readonly leaf: Certificate
  readonly mechanism: 'hashing' | 'bare'
}

/** For people: `key "seal" (id 03)`. */
export const keyWords = ({ label, id }: KeyFacts): string =>
  `key ${label === '' ? 'without label' : `"${label}"`} (id ${id === '' ? 'none' : id})`

/** Bits of a modulus in hex without leading zeros. */
const bitsOf = (modulus: string): number =>
  4 * (modulus.length - 1) + Number.parseInt(modulus[0] ?? '0', 16).toString(2).length

const modulusOf = ({ x509 }: Certificate): string | undefined => {
  if (x509.publicKey.asymmetricKeyType !== 'rsa') return undefined
  const { n } = x509.publicKey.export({ format: 'jwk' })
  return Buffer.from(n ?? '', 'base64url')
    .toString('hex')
    .replace(/^0+/, '')
}

/** What certificates there are: those of the site's files count before those that lie on the token. */
export interface GivenCertificates {
  readonly fromFiles: readonly Certificate[]
  readonly fromToken: readonly { readonly certificate: Certificate; readonly id: string }[]
}

const unique = (all: readonly Certificate[]): Certificate[] => [...new Map(all.map((c) => [c.sha256, c])).values()]

/** The certificate of this key with which it may seal at that time. Throws why there is none, or why it is not one. */
export const leafOf = (key: KeyFacts, given: GivenCertificates, at: Date): Certificate => {
  const words = keyWords(key)
  const belongs = (certificate: Certificate, id = ''): boolean =>
    key.modulus === undefined ? key.id !== '' && id === key.id : modulusOf(certificate) === key.modulus
  const own = unique([
    ...given.fromFiles.filter((certificate) => belongs(certificate)),
    ...given.fromToken.filter(({ certificate, id }) => belongs(certificate, id)).map(({ certificate }) => certificate),
  ])
  const fits = own.filter((certificate) => !sealFault(words, certificate, at))
  const named = fits.filter((certificate) => given.fromFiles.some((c) => c.sha256 === certificate.sha256))
  const [leaf, ...more] = named.length === 1 ? named : fits
  if (leaf && more.length === 0) return leaf
  if (leaf) {
    const list = fits.map((c) => `${c.subject} until ${c.x509.validToDate.toISOString()}`).join('; ')
    const hint = 'Name the right one under certificates.'
    throw refuse('SIG-525', `Several certificates fit ${words}: ${list}. None is guessed.`, hint)
  }
  const [unfit] = own
  const fault = unfit && sealFault(words, unfit, at)
  if (fault) throw fault
  const hint = 'Write it to the token, or name its file under certificates.'
  throw refuse('SIG-524', `There is no certificate for ${words}, neither on the token nor in a file.`, hint)
}

/** Why this key cannot seal IVI documents; undefined when nothing about the key itself stands against it. */
const keyFault = (key: KeyFacts): GatewayError | undefined => {
  const words = keyWords(key)
  const order = 'Order a seal with an RSA key of at least 2048 bits.'
  if (key.type === 'ec')
    return refuse('SIG-522', `The ${words} is an elliptic-curve key, but IVI signatures are RSA only.`, order)
  if (key.type === 'other') return refuse('SIG-522', `The ${words} is no RSA key.`, order)
  if (!key.maySign)
    return refuse('SIG-522', `The ${words} is not for signing (CKA_SIGN is not set).`, 'Name the key of the seal.')
  const bits = key.modulus === undefined ? undefined : bitsOf(key.modulus)
  if (bits !== undefined && bits < minimumRsaBits)
    return refuse('SIG-522', `The ${words} has ${bits} bits, at least ${minimumRsaBits} are needed.`, order)
  return undefined
}

/** A key and whether it can seal: its certificate, or why not. */
export const fitness = (key: KeyFacts, given: GivenCertificates, at: Date): Certificate | GatewayError => {
  try {
    return keyFault(key) ?? leafOf(key, given, at)
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
}

const isNamed = (name: KeyName, key: KeyFacts): boolean =>
  (name.label === undefined || key.label === name.label) &&
  (name.id === undefined || key.id.toLowerCase() === name.id.toLowerCase())

/**
 * The one key of the token that has this name and can seal at that time. Several that can are refused, never guessed.
 * Throws `config` errors: `SIG-520` none of that name, `SIG-521` several, `SIG-522` it cannot and why, `SIG-523` the token has no
 * fitting mechanism, `SIG-524` no certificate, `SIG-525` several certificates, and those of `sealFault`.
 */
export const chooseKey = (contents: TokenContents, given: GivenCertificates, name: KeyName, at: Date): ChosenKey => {
  const keys = contents.keys.filter((key) => !key.derived)
  const named = keys.filter((key) => isNamed(name, key))
  const [only] = named
  if (!only) {
    const there =
      keys.length === 0 ? 'There is no private key on the token.' : `There are: ${keys.map(keyWords).join(', ')}.`
    const wanted = `label ${name.label ?? 'any'}, id ${name.id ?? 'any'}`
    throw refuse('SIG-520', `The token has no key with ${wanted}.`, `Correct label or id. ${there}`)
  }
  const results = named.map((key) => ({ key, result: fitness(key, given, at) }))
  const fit = results.flatMap(({ key, result }) => (result instanceof GatewayError ? [] : [{ key, leaf: result }]))
  const [chosen] = fit
  if (!chosen) {
    const reasons = results.flatMap(({ result }) => (result instanceof GatewayError ? [result] : []))
    if (reasons.length === 1 && reasons[0]) throw reasons[0]
    const list = reasons.map((reason) => reason.message).join(' ')
    throw refuse('SIG-522', `None of the ${named.length} keys can seal. ${list}`, 'Name the key of the seal.')
  }
  if (fit.length > 1) {
    const list = fit.map(({ key, leaf }) => `${keyWords(key)} of ${leaf.subject}`).join('; ')
    throw refuse('SIG-521', `Several keys can seal: ${list}. None is guessed.`, 'Name one by label and id.')
  }
  const { hashing, bare } = contents.mechanisms
  if (!hashing && !bare)
    throw refuse(
      'SIG-523',
      'The token offers neither CKM_SHA256_RSA_PKCS nor CKM_RSA_PKCS for signing.',
      'Ask its maker: IVI signatures are RSA PKCS#1 v1.5 with SHA-256.',
    )
  return { ...chosen, mechanism: hashing ? 'hashing' : 'bare' }
}
