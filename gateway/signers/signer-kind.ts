import type { z } from 'zod'
import type { Signer } from '../contract/signer.ts'

/** What a kind of signer is handed beside its settings. */
export interface SignerContext {
  /** Name of the signer profile, for messages. */
  readonly name: string
  /** Full path of a file that the configuration names. */
  readonly path: (file: string) => string
  /** Aborted when the gateway ends: everything held open must let go. */
  readonly signal: AbortSignal
  readonly clock: () => Date
  /** Told once each time that a signer which had failed works again. Must not throw. */
  readonly recovered?: (recovery: SignerRecovery) => void
}

/** How a signer came back. */
export interface SignerRecovery {
  readonly signer: string
  /** What it took: a new login, the module started anew, a new process. */
  readonly how: 'login' | 'module' | 'process'
  /** What had failed. */
  readonly code: string
  readonly reason: string
  /** Milliseconds from the failure on. */
  readonly tookMs: number
}

/** What can be seen of a kind of key without using it, for `ecoc doctor`. */
export interface SeenKey {
  /** For people: token, slot, key, certificate. */
  readonly about: string
  /** Why it cannot seal; undefined when it can. */
  readonly obstacle: string | undefined
  /** Whether it is what the settings name. */
  readonly isNamed: boolean
}

/** A signer that may hold something open: a process, sessions, connections. */
export interface OpenSigner extends Signer {
  /** It must be opened anew before it can sign again, such as after its certificate was exchanged. */
  readonly isSpent?: boolean
  /** Lets go of everything; afterwards `sign` throws. May be called twice. */
  close?(): Promise<void>
}

/** The settings of a key as they stand in the configuration: what else there is depends on the kind. */
export interface SignerKey {
  readonly kind: string
  readonly [setting: string]: unknown
}

/**
 * One kind of key store. A folder `gateway/signers/KIND/` with a `signer-kind.ts` that exports one as default is found by its
 * place: its settings are then valid under `key:` of a signer, and nothing else is edited.
 */
export interface SignerKind {
  /** What stands in `key.kind`; also the folder's name. */
  readonly kind: string
  readonly schema: z.ZodObject
  /** Whether opening it reads files only: no token, no network, no PIN. */
  readonly isFile: boolean
  open(key: unknown, context: SignerContext): Promise<OpenSigner>
  /** What is there, without a login. Kinds whose opening costs a try of a PIN have it, and only they. */
  readonly look?: (key: unknown, context: SignerContext) => Promise<readonly SeenKey[]>
}

/**
 * Defines a kind of signer. `schema` is a `z.strictObject` with `kind: z.literal(…)`; `open` is handed what it parsed.
 * `open` throws GatewayErrors of kind `config` for what must be corrected, `operational` for what may pass (it is tried again).
 */
export const defineSignerKind = <S extends z.ZodObject>(definition: {
  readonly kind: string
  readonly schema: S
  readonly isFile?: boolean
  open(key: z.output<S>, context: SignerContext): Promise<OpenSigner>
  readonly look?: (key: z.output<S>, context: SignerContext) => Promise<readonly SeenKey[]>
}): SignerKind => ({
  kind: definition.kind,
  schema: definition.schema,
  isFile: definition.isFile ?? false,
  open: (key, context) => definition.open(key as z.output<S>, context),
  ...(definition.look ? { look: definition.look as NonNullable<SignerKind['look']> } : {}),
})
