import { X509Certificate } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import type { Signer } from '../contract/signer.ts'
import type { DocumentFacts } from './document-facts.ts'
import { signerKinds } from './find-signer-kinds.ts'
import { pickSigner, type Picked } from './pick-signer.ts'
import { keyAt, type SignerProfile } from './profile.ts'
import type { OpenSigner, SeenKey, SignerContext, SignerKey, SignerKind } from './signer-kind.ts'

export interface SignerBookOptions extends Omit<SignerContext, 'name'> {
  readonly profiles: readonly SignerProfile[]
  /** For tests; else every kind there is. */
  readonly kinds?: ReadonlyMap<string, SignerKind>
}

const ends = new WeakMap<Signer, number>()
/** When its certificate ends: then it is opened anew, which finds a renewed one or says what is wrong. */
const endOf = (signer: Signer): number => {
  const [leaf] = signer.chain
  const end = ends.get(signer) ?? (leaf ? Date.parse(new X509Certificate(leaf).validTo) : Infinity)
  ends.set(signer, end)
  return end
}

/** The site's signers: each opened at its first use and kept, by profile and key. */
export class SignerBook {
  readonly profiles: readonly SignerProfile[]
  readonly #options: SignerBookOptions
  readonly #open = new Map<string, Promise<OpenSigner>>()

  constructor(options: SignerBookOptions) {
    this.#options = options
    this.profiles = options.profiles
  }

  /** Who signs a document now, with what there is to say about it. */
  pick(facts: DocumentFacts): Picked {
    return pickSigner(this.profiles, facts, this.#options.clock())
  }

  /** The signer of a document. Throws `SIG-601`, `SIG-602` (config) when `pick` finds none, and what opening it throws. */
  async signerFor(facts: DocumentFacts): Promise<Signer> {
    const { profile, findings } = this.pick(facts)
    if (profile) return this.#signerOf(profile)
    const [finding] = findings
    const { code = 'SIG-601', message = 'No signer signs this document.' } = finding ?? {}
    throw new GatewayError({
      kind: 'config',
      code,
      message,
      hint: 'Change `signs` of the signers in the configuration.',
    })
  }

  /** Throws `CFG-009` when there is none of that name, or several and none was named. */
  async named(name?: string): Promise<Signer> {
    return this.#signerOf(this.#profileOf(name))
  }

  /** Whether asking for the signer costs no try of a PIN: it is open already, or its kind needs none for opening. */
  isAtHand(name: string): boolean {
    const profile = this.#profileOf(name)
    const { key } = keyAt(profile, this.#options.clock())
    return this.#open.has(this.#placeOf(profile)) || this.#kindOf(key, name).look === undefined
  }

  /**
   * What can be seen of a signer's key without using it; undefined where there is nothing to see but by opening it. Throws `CFG-009`,
   * and what looking throws.
   */
  async look(name: string): Promise<readonly SeenKey[] | undefined> {
    const profile = this.#profileOf(name)
    const { key } = keyAt(profile, this.#options.clock())
    const kind = this.#kindOf(key, name)
    return kind.look?.(key, this.#contextOf(name))
  }

  /** Certificates of the key that takes over later, where they lie in files; undefined where there is none, or on a token. */
  async next(name: string): Promise<{ readonly from: string; readonly chain: readonly Buffer[] } | undefined> {
    const { next } = this.#profileOf(name)
    if (!next || this.#options.clock().getTime() >= Date.parse(next.from)) return undefined
    const kind = this.#kindOf(next.key, name)
    if (!kind.isFile) return undefined
    // As it will be then: it may not be valid yet.
    const { chain } = await kind.open(next.key, { ...this.#contextOf(name), clock: () => new Date(next.from) })
    return { from: new Date(next.from).toISOString(), chain }
  }

  /** Lets go of everything that was opened. */
  async close(): Promise<void> {
    const opened = [...this.#open.values()]
    this.#open.clear()
    const close = async (signer: OpenSigner): Promise<void> => signer.close?.()
    await Promise.allSettled(opened.map(async (signer) => close(await signer)))
  }

  #profileOf(name?: string): SignerProfile {
    const [first, ...others] = name === undefined ? this.profiles : this.profiles.filter((p) => p.name === name)
    if (first && others.length === 0) return first
    const message = name === undefined ? 'There are several signers.' : `There is no signer "${name}".`
    const hint = `There ${this.profiles.length === 1 ? 'is' : 'are'}: ${this.profiles.map((p) => p.name).join(', ')}.`
    throw new GatewayError({ kind: 'config', code: 'CFG-009', message, hint })
  }

  #placeOf(profile: SignerProfile): string {
    return `${keyAt(profile, this.#options.clock()).generation} ${profile.name}`
  }

  async #signerOf(profile: SignerProfile): Promise<OpenSigner> {
    // The key before stays open for what is being signed with it.
    const { key } = keyAt(profile, this.#options.clock())
    const place = this.#placeOf(profile)
    const known = this.#open.get(place)
    if (known) {
      const signer = await known
      if (signer.isSpent !== true && this.#options.clock().getTime() <= endOf(signer)) return signer
      if (this.#open.get(place) === known) {
        this.#open.delete(place)
        await signer.close?.()
      }
      return this.#signerOf(profile)
    }
    // One that could not be opened is tried again at the next use: its file may have been put right.
    const opening = this.#openKey(key, profile.name).catch((error: unknown) => {
      this.#open.delete(place)
      throw error
    })
    this.#open.set(place, opening)
    return opening
  }

  #contextOf(name: string): SignerContext {
    const { path, signal, clock, recovered } = this.#options
    return { name, path, signal, clock, ...(recovered ? { recovered } : {}) }
  }

  #kindOf(key: SignerKey, name: string): SignerKind {
    const { kinds = signerKinds } = this.#options
    const kind = kinds.get(key.kind)
    if (kind) return kind
    const message = `Signer ${name}: there is no kind of key "${key.kind}".`
    const hint = `There are: ${[...kinds.keys()].join(', ')}.`
    throw new GatewayError({ kind: 'config', code: 'SIG-605', message, hint })
  }

  async #openKey(key: SignerKey, name: string): Promise<OpenSigner> {
    return this.#kindOf(key, name).open(key, this.#contextOf(name))
  }
}
