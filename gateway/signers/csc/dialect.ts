import { z } from 'zod'

/** SHA-256, and RSASSA-PKCS1-v1_5 with SHA-256: the one signature that IVI takes. */
export const oid = {
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
  rsaSha256: '1.2.840.113549.1.1.11',
} as const

/** What a service says of a credential, in words of both versions. */
export interface CredentialFacts {
  readonly keyEnabled: boolean
  readonly algorithms: readonly string[]
  /** `valid`, `expired`, `revoked`, `suspended`; undefined where it says nothing. */
  readonly status: string | undefined
  /** DER in base64, the signer's first. */
  readonly certificates: readonly string[]
  readonly mode: string
  /** Authentication objects that an authorisation may need. */
  readonly objects: readonly AuthObject[]
  /** How they go together (`PIN AND OTP`); all of them where nothing is said. */
  readonly expression: string | undefined
  /** 2: an authorisation is bound to the hashes. */
  readonly scal: 1 | 2
  /** Signatures that one authorisation is good for, at most. */
  readonly multisign: number
}

export interface AuthObject {
  readonly id: string
  /** Answers to a challenge cannot be given by a machine. */
  readonly isPassword: boolean
  /** Good for one use only. */
  readonly isOneTime: boolean
}

export interface SignRequest {
  readonly credentialID: string
  readonly SAD: string
  readonly hashes: readonly string[]
  readonly signAlgo: string
  readonly asynchronous: boolean
}
export interface AuthoriseRequest {
  readonly credentialID: string
  readonly numSignatures: number
  /** Left out where the authorisation is for several calls to come. */
  readonly hashes: readonly string[] | undefined
  readonly secrets: ReadonlyMap<string, string>
}

/** Where the versions of the API differ. Bodies hold identifiers, secrets and hashes; nothing of a document. */
export interface Dialect {
  readCredential(json: unknown): CredentialFacts | undefined
  authorise(request: AuthoriseRequest): object
  sign(request: SignRequest): object
}

const text = z.string().max(20_000)
const scal = z.enum(['1', '2']).default('1')
const common = z.object({
  key: z.object({ status: text, algo: z.array(text).min(1).max(50) }),
  cert: z.object({ status: text.optional(), certificates: z.array(text).min(1).max(10) }),
  SCAL: scal,
  multisign: z.int().min(1).default(1),
})
const facts = ({ key, cert, SCAL, multisign }: z.output<typeof common>) => ({
  keyEnabled: key.status === 'enabled',
  algorithms: key.algo,
  status: cert.status,
  certificates: cert.certificates,
  scal: SCAL === '2' ? (2 as const) : (1 as const),
  multisign,
})

// Early services write booleans where the text asks for strings.
const presence = z.object({ presence: z.union([z.boolean(), text]).transform(String) }).optional()
const v1Credential = common.extend({ authMode: text.default('explicit'), PIN: presence, OTP: presence })

/** Version 1.0.4.0, sections 11.5, 11.6 and 11.9. */
const v1: Dialect = {
  readCredential(json) {
    const { data } = v1Credential.safeParse(json)
    if (!data) return undefined
    const needs = (['PIN', 'OTP'] as const).filter((id) => data[id]?.presence === 'true')
    const objects = needs.map((id) => ({ id, isPassword: true, isOneTime: id === 'OTP' }))
    return { ...facts(data), mode: data.authMode, objects, expression: undefined }
  },
  authorise: ({ credentialID, numSignatures, hashes, secrets }) => ({
    credentialID,
    numSignatures,
    ...(hashes ? { hash: hashes } : {}),
    ...Object.fromEntries(secrets),
  }),
  sign: ({ credentialID, SAD, hashes, signAlgo }) => {
    return { credentialID, SAD, hash: hashes, hashAlgo: oid.sha256, signAlgo }
  },
}

const v2Credential = common.extend({
  auth: z.object({
    mode: text,
    expression: z.string().max(500).optional(),
    objects: z
      .array(z.object({ type: text, id: z.string().min(1).max(100), generator: text.optional() }))
      .max(20)
      .default([]),
  }),
})
const oneTime = /otp/i

/** Version 2.0.0.2, sections 11.5, 11.6 and 11.10. */
const v2: Dialect = {
  readCredential(json) {
    const { data } = v2Credential.safeParse(json)
    if (!data) return undefined
    const objects = data.auth.objects.map(({ type, id, generator }) => {
      return { id, isPassword: type === 'Password', isOneTime: oneTime.test(id) || oneTime.test(generator ?? '') }
    })
    return { ...facts(data), mode: data.auth.mode, objects, expression: data.auth.expression }
  },
  authorise: ({ credentialID, numSignatures, hashes, secrets }) => ({
    credentialID,
    numSignatures,
    ...(hashes ? { hashes, hashAlgorithmOID: oid.sha256 } : {}),
    ...(secrets.size > 0 ? { authData: [...secrets].map(([id, value]) => ({ id, value })) } : {}),
  }),
  sign: ({ credentialID, SAD, hashes, signAlgo, asynchronous }) => {
    const mode = asynchronous ? { operationMode: 'A' } : {}
    return { credentialID, SAD, hashes, hashAlgorithmOID: oid.sha256, signAlgo, ...mode }
  },
}

export const dialects: Readonly<Record<'v1' | 'v2', Dialect>> = { v1, v2 }
