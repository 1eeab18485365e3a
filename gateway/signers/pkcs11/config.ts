import { z } from 'zod'
import { duration } from '../../config/durations.ts'

const text = z.string().min(1).max(200)
const file = z.string().min(1)

/** Settings of a key on a PKCS#11 token: an HSM, a USB token, a smart card. */
export const pkcs11SignerConfig = z.strictObject({
  kind: z.literal('pkcs11'),
  module: file.describe("The maker's PKCS#11 library, such as /usr/lib/softhsm/libsofthsm2.so."),
  token: z
    .strictObject({ label: text.optional(), serial: text.optional() })
    .refine(({ label, serial }) => label !== undefined || serial !== undefined, 'give its label, its serial or both')
    .describe('The token by label or serial number. Never by slot: slot numbers change.'),
  key: z
    .strictObject({
      label: text.optional(),
      id: z
        .string()
        .regex(/^([0-9a-f]{2}){1,64}$/i, 'CKA_ID in hex, such as 03')
        .optional(),
    })
    .default({})
    .describe('The key by label or id. Without either, the only one on the token that may seal.'),
  pinFile: file.describe('File with the PIN of the token.'),
  certificates: z
    .array(file)
    .default([])
    .describe("The signer's certificate and its issuers, where the token does not hold them all."),
  sessions: z.int().min(1).max(64).default(4).describe('Signatures that the token makes at the same time.'),
  deadline: duration
    .prefault('5s')
    .describe('How long a call of the token may take. Then its process is ended and started anew.'),
  queue: z.int().min(1).max(100_000).default(1000).describe('Signatures that may wait; more are put off.'),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/), z.string())
    .default({})
    .describe("Variables that the maker's library reads, such as SOFTHSM2_CONF. No secrets."),
})
export type Pkcs11SignerConfig = z.output<typeof pkcs11SignerConfig>
