const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The signed document with another spelling of the same signature value: the bits that its last base64 character has to spare, which
 * decoders drop, are not zero. Canonical base64 has one spelling only (RFC 4648, 3.5).
 */
export const respell = (bytes: Buffer): Buffer => {
  const text = bytes.toString()
  const [, value = '', padding = ''] = /<ds:SignatureValue>([^<=]+)(=+)</.exec(text) ?? []
  const last = alphabet[alphabet.indexOf(value.at(-1) ?? '') + 1] ?? ''
  const spelled = `${value.slice(0, -1)}${last}${padding}`
  const same = Buffer.from(spelled, 'base64').equals(Buffer.from(value + padding, 'base64'))
  if (padding === '' || !same) throw new Error('this signature value has no bits to spare')
  return Buffer.from(text.replace(value + padding, () => spelled))
}
