/** What the gateway and the process that holds a PKCS#11 module say to each other. Plain JSON: handles in hex, bytes in base64. */

/** A token in a slot. `slot` serves only until the module is started anew: slot numbers change. */
export interface TokenFacts {
  readonly slot: string
  readonly label: string
  readonly serial: string
  readonly manufacturer: string
  readonly model: string
  /** CKF_ flags of CK_TOKEN_INFO. */
  readonly flags: number
}

/** A private key as the token describes it. */
export interface KeyFacts {
  readonly handle: string
  readonly label: string
  /** CKA_ID in hex. */
  readonly id: string
  readonly type: 'rsa' | 'ec' | 'other'
  /** Hex without leading zeros; undefined where the token does not tell. */
  readonly modulus: string | undefined
  readonly maySign: boolean
  readonly alwaysAuthenticate: boolean
  /** Read from the public key or the certificate beside it, because nobody logged in. */
  readonly derived: boolean
}

export interface CertificateFacts {
  /** Base64 of the DER. */
  readonly der: string
  readonly label: string
  readonly id: string
}

export interface TokenContents {
  readonly keys: readonly KeyFacts[]
  readonly certificates: readonly CertificateFacts[]
  /** RSA mechanisms of the token: with SHA-256 in it, and bare, where the gateway hashes. */
  readonly mechanisms: { readonly hashing: boolean; readonly bare: boolean }
}

/** What is asked, with what is answered. */
export interface Operations {
  /** Loads the module, or starts a loaded one anew: all sessions and the login are gone then. */
  readonly start: { readonly input: { readonly module: string }; readonly output: readonly TokenFacts[] }
  readonly tokens: { readonly input: object; readonly output: readonly TokenFacts[] }
  /** Closes all sessions, opens one, logs in where a PIN is given, and reads what is on the token. */
  readonly login: { readonly input: { readonly slot: string; readonly pin?: string }; readonly output: TokenContents }
  /** Opens the sessions that sign. `pin` only for keys that want it with each signature. */
  readonly prepare: { readonly input: Preparation; readonly output: { readonly sessions: number } }
  /** Logs out and ends the module; the process ends too. */
  readonly end: { readonly input: object; readonly output: object }
}
export type Operation = keyof Operations

export interface Preparation {
  readonly slot: string
  readonly key: string
  readonly mechanism: 'hashing' | 'bare'
  readonly signatureBytes: number
  readonly sessions: number
  readonly pin?: string
}

export interface Call {
  readonly id: number
  readonly operation: Operation
  readonly input: unknown
}
/** Signatures wanted: id and data each. Many at once, since a message costs more than what is in it. */
export interface SignCall {
  readonly sign: readonly (readonly [id: number, data: string])[]
}

/** Why something failed in the process. */
export interface TokenFault {
  /** `CKR_…`, or `module-missing`, `not-a-module`, `not-built`. */
  readonly name: string
  readonly message: string
  /** The function of the module that answered so. */
  readonly method: string
  /** A PIN was given to the token before this happened. */
  readonly pinTried: boolean
}
export interface Answer {
  readonly id: number
  readonly output?: unknown
  readonly fault?: TokenFault
}
export interface SignAnswers {
  readonly signed: readonly (readonly [id: number, signature: string | TokenFault])[]
}
