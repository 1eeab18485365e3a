import type { SeenKey } from '../signer-kind.ts'
import type { Pkcs11SignerConfig } from './config.ts'
import { tokenWords } from './find-token.ts'
import { type ListedKey, type ListedToken, listTokens } from './list-tokens.ts'

const keyWords = ({ label, id, type, certificate }: ListedKey): string =>
  `key "${label}" (id ${id || 'none'}, ${type})${certificate ? ` of ${certificate.subject}, to ${certificate.validTo.slice(0, 10)}` : ''}`

/** As other tools show it: a CK_SLOT_ID, little-endian in hex (PKCS#11 2.40, 2.1). */
const slotNumber = (slot: string): string => {
  const bytes = Buffer.from(slot, 'hex')
  return bytes.length === 8 ? bytes.readBigUInt64LE().toString() : slot
}

const isNamedToken = ({ token }: Pkcs11SignerConfig, { label, serial }: ListedToken): boolean =>
  (token.label === undefined || token.label === label) && (token.serial === undefined || token.serial === serial)

const isNamedKey = ({ key }: Pkcs11SignerConfig, { label, id }: ListedKey): boolean =>
  (key.label === undefined || key.label === label) &&
  (key.id === undefined || key.id.toLowerCase() === id.toLowerCase())

/** All tokens and keys of a module as they show themselves without a login; no PIN is given. Throws what `listTokens` throws. */
export const lookAtTokens = async (
  settings: Pkcs11SignerConfig,
  path: (file: string) => string,
  at: Date,
): Promise<SeenKey[]> => {
  const { module, environment, certificates, deadline } = settings
  const asked = { module: path(module), environment, certificates: certificates.map(path), deadline, at }
  return (await listTokens(asked)).flatMap((token): SeenKey[] => {
    const words = `slot ${slotNumber(token.slot)}, ${token.serial === '' ? 'nothing initialised' : tokenWords(token)}`
    const isHere = isNamedToken(settings, token)
    if (token.keys.length === 0) {
      const obstacle = token.obstacle ?? 'No key is seen on it without a login.'
      return [{ about: words, obstacle, isNamed: isHere }]
    }
    return token.keys.map((key) => ({
      about: `${words}, ${keyWords(key)}`,
      obstacle: token.obstacle ?? key.obstacle,
      isNamed: isHere && isNamedKey(settings, key),
    }))
  })
}
