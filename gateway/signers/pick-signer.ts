import type { Finding } from '../contract/finding.ts'
import type { DocumentFacts } from './document-facts.ts'
import { keyAt, type SignerProfile } from './profile.ts'

export interface Picked {
  /** Undefined when none or several match: then the finding says why. */
  readonly profile: SignerProfile | undefined
  readonly findings: readonly Finding[]
}

const signature = '/InitialVehicleInformation/CocDataGroup/SigningAuthorityTable'

const finding = (code: string, severity: Finding['severity'], path: string, message: string): Finding => ({
  code,
  layer: 'signature',
  severity,
  path,
  message,
})

const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
const names = (wanted: readonly string[] | undefined, given: string | undefined): boolean =>
  wanted === undefined || (given !== undefined && wanted.some((name) => plain(name) === plain(given)))
const among = (wanted: readonly string[] | undefined, given: string | undefined): boolean =>
  wanted === undefined || (given !== undefined && wanted.includes(given))

/** Whole parts count: `e4*2018/858*0012` is no beginning of `e4*2018/858*00123*00`, and `e1` none of `e13*…`. */
const beginsWith = (number: string, start: string): boolean => {
  const parts = number.trim().split('*')
  return start.split('*').every((part, i) => parts[i] === part)
}
const approved = (starts: readonly string[] | undefined, given: string | undefined): boolean =>
  starts === undefined || (given !== undefined && starts.some((start) => beginsWith(given, start)))

const signsIt = ({ signs, validFrom, validUntil }: SignerProfile, facts: DocumentFacts, at: Date): boolean =>
  names(signs.manufacturers, facts.manufacturer) &&
  names(signs.representatives, facts.representative) &&
  approved(signs.approvals, facts.approval) &&
  among(signs.markets, facts.market) &&
  among(signs.stages, facts.stage) &&
  among(signs.environments, facts.environment) &&
  among(signs.accessPoints, facts.accessPoint) &&
  (validFrom === undefined || at.getTime() >= Date.parse(validFrom)) &&
  (validUntil === undefined || at.getTime() < Date.parse(validUntil))

/** What the configuration says about the seal at this access point; silent where it says nothing at all. */
const registrationFindings = (profile: SignerProfile, { accessPoint }: DocumentFacts, at: Date): Finding[] => {
  const { registeredAt } = keyAt(profile, at)
  if (registeredAt === undefined) return []
  const day = at.toISOString().slice(0, 10)
  const here = registeredAt.filter((r) => r.accessPoint === accessPoint)
  if (here.some((r) => r.status === 'not_required')) return []
  if (here.some((r) => r.status === 'registered' && (r.since === undefined || r.since <= day))) return []
  const status = here.at(-1)?.status ?? 'not registered'
  const word = status === 'registered' ? `registered from ${here.at(-1)?.since ?? ''} on` : status
  const message =
    `Signer ${profile.name} is ${word} at ${accessPoint}: it may refuse the document. ` +
    'Register the seal there, then write it into the signer’s registeredAt.'
  return [finding('SIG-603', 'warning', '/', message)]
}

/** The person who answers for the seal must be one of those who stand in the document. */
const signatoryFindings = ({ name, signatory }: SignerProfile, { signatories }: DocumentFacts): Finding[] => {
  if (signatory === undefined) return []
  const isNamed = signatories.some(
    (s) =>
      plain(s.name) === plain(signatory.name) &&
      plain(s.position) === plain(signatory.position) &&
      plain(s.place) === plain(signatory.place),
  )
  if (isNamed) return []
  const who = `${signatory.name}, ${signatory.position}, ${signatory.place}`
  const message = `The document does not name the signatory of signer ${name} (${who}). Correct the mapper or the signer.`
  return [finding('SIG-604', 'warning', signature, message)]
}

const inWords = (facts: DocumentFacts): string => {
  const { manufacturer = 'unknown', approval = 'none', stage = 'unknown', market, accessPoint } = facts
  return `manufacturer ${manufacturer}, approval ${approval}, stage ${stage}, market ${market}, access point ${accessPoint}`
}

/**
 * The one signer whose profile takes this document at that time: never a guess. Error findings: `SIG-601` none takes it, `SIG-602`
 * several do, by name. Warnings: `SIG-603` not registered at the access point, `SIG-604` another signatory in the document.
 */
export const pickSigner = (profiles: readonly SignerProfile[], facts: DocumentFacts, at: Date): Picked => {
  const matching = profiles.filter((profile) => signsIt(profile, facts, at))
  const [profile, ...others] = matching
  if (!profile) {
    const message = `No signer signs this document (${inWords(facts)}). There are: ${profiles.map((p) => p.name).join(', ')}.`
    return { profile: undefined, findings: [finding('SIG-601', 'error', '/', message)] }
  }
  if (others.length > 0) {
    const list = matching.map((p) => p.name).join(', ')
    const message = `Several signers would sign this document (${inWords(facts)}): ${list}. Narrow what they sign until one is left.`
    return { profile: undefined, findings: [finding('SIG-602', 'error', '/', message)] }
  }
  return { profile, findings: [...registrationFindings(profile, facts, at), ...signatoryFindings(profile, facts)] }
}
