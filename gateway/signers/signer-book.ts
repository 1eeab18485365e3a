import { X509Certificate } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import type { Signer } from '../contract/signer.ts'
import type { DocumentFacts } from './document-facts.ts'
import { signerKinds } from './find-signer-kinds.ts'
import { pickSigner, type Picked } from './pick-signer.ts'
import { keyAt, type SignerProfile } from './profile.ts'
import type { OpenSigner, SignerContext, SignerKey, SignerKind } from './signer-kind.ts'

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
    const [first, ...others] = name === undefined ? this.profiles : this.profiles.filter((p) => p.name === name)
    if (first && others.length === 0) return this.#signerOf(first)
    const message = name === undefined ? 'There are several signers.' : `There is no signer "${name}".`
    const hint = `There ${this.profiles.length === 1 ? 'is' : 'are'}: ${this.profiles.map((p) => p.name).join(', ')}.`
    throw new GatewayError({ kind: 'config', code: 'CFG-009', message, hint })
  }

  /** Lets go of everything that was opened. */
  async close(): Promise<void> {
    const opened = [...this.#open.values()]
    this.#open.clear()
    const close = async (signer: OpenSigner): Promise<void> => signer.close?.()
    await Promise.allSettled(opened.map(async (signer) => close(await signer)))
  }

  async #signerOf(profile: SignerProfile): Promise<OpenSigner> {
    // The key before stays open for what is being signed with it.
    const { key, generation } = keyAt(profile, this.#options.clock())
    const place = `${generation} ${profile.name}`
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

  async #openKey(key: SignerKey, name: string): Promise<OpenSigner> {
    const { kinds = signerKinds, path, signal, clock } = this.#options
    const kind = kinds.get(key.kind)
    if (kind) return kind.open(key, { name, path, signal, clock })
    const message = `Signer ${name}: there is no kind of key "${key.kind}".`
    const hint = `There are: ${[...kinds.keys()].join(', ')}.`
    throw new GatewayError({ kind: 'config', code: 'SIG-605', message, hint })
  }
}
