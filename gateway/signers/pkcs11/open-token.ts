import type { Certificate } from '../../trust/certificate.ts'
import { sealChain } from '../seal-chain.ts'
import type { SignerContext } from '../signer-kind.ts'
import { chooseKey } from './choose-key.ts'
import type { Pkcs11SignerConfig } from './config.ts'
import { findToken, pinObstacle, tokenWords } from './find-token.ts'
import { givenCertificates, readCertificateFiles } from './given-certificates.ts'
import { type PinMemory, pinMemoryOf } from './pin-memory.ts'
import type { TokenProcess } from './token-process.ts'

/** What a signer was told: file names are full paths. */
export interface TokenSettings extends Pkcs11SignerConfig {
  readonly name: string
  readonly clock: () => Date
  readonly recovered?: SignerContext['recovered']
}

/** A token with a login, a key and sessions that sign. */
export interface OpenToken {
  readonly leaf: Certificate
  /** DER, signer first, without the root. */
  readonly chain: readonly Buffer[]
  /** For a PIN that is refused later. */
  readonly pins: PinMemory
  readonly pinHash: string
  readonly keyWantsPin: boolean
}

/**
 * Opens the token by way of its process: finds it, logs in, chooses the key, opens the sessions. The PIN is given to it at most once.
 * `anew` starts the module first; without, a module that runs is taken as it is.
 * Throws `GatewayError` (`config` for what must be corrected) and `TokenFailure`.
 */
export const openToken = async (process: TokenProcess, settings: TokenSettings, anew: boolean): Promise<OpenToken> => {
  const { module, deadline, sessions, name, clock } = settings
  const fromFiles = await readCertificateFiles(settings.certificates)
  const tokens = await (anew ? process.call('start', { module }, deadline) : process.call('tokens', {}, deadline))
  const token = findToken(tokens, settings.token)
  const { slot, label, serial } = token
  const obstacle = pinObstacle(token)
  if (obstacle) throw obstacle
  const pins = pinMemoryOf(module, `${label} ${serial}`)
  return pins.attempt(settings.pinFile, tokenWords({ label, serial }), async (pin, pinHash) => {
    const contents = await process.call('login', { slot, pin }, deadline)
    const given = givenCertificates(fromFiles, contents)
    const { key, leaf, mechanism } = chooseKey(contents, given, settings.key, clock())
    const chain = sealChain(name, [...given.fromFiles, ...given.fromToken.map((g) => g.certificate)], leaf, clock())
    const signatureBytes = (leaf.x509.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8
    const preparation = { slot, key: key.handle, mechanism, signatureBytes, sessions }
    const always = key.alwaysAuthenticate
    await process.call('prepare', { ...preparation, ...(always ? { pin } : {}) }, deadline)
    return { leaf, chain, pins, pinHash, keyWantsPin: always }
  })
}
