import { AsnConvert } from '@peculiar/asn1-schema'
import { GatewayError } from '../contract/errors.ts'
import { assertDer } from './der.ts'

const malformed = (what: string, cause: unknown): GatewayError =>
  new GatewayError({ kind: 'security', code: 'TRU-001', message: `Malformed DER: this is no ${what}`, cause })

/**
 * Parses bytes from outside by an ASN.1 module's type. The whole is walked by the gateway's own strict reader before, so that
 * both readers see the same, and nothing of unbounded depth reaches the library.
 * Throws `TRU-001` when it is not DER or of another type.
 */
export const parseAsn = <T>(bytes: Buffer | ArrayBuffer, type: new () => T, what: string): T => {
  const der = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)
  assertDer(der)
  try {
    return AsnConvert.parse(der, type)
  } catch (cause) {
    throw malformed(what, cause)
  }
}

/** DER of a value of an ASN.1 module's type. */
export const asnBytes = (value: unknown): Buffer => Buffer.from(AsnConvert.serialize(value))
