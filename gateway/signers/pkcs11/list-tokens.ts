import { GatewayError } from '../../contract/errors.ts'
import { fitness } from './choose-key.ts'
import { explain } from './faults.ts'
import { pinObstacle } from './find-token.ts'
import { givenCertificates, readCertificateFiles } from './given-certificates.ts'
import type { KeyFacts, TokenFacts } from './messages.ts'
import { TokenFailure, TokenProcess } from './token-process.ts'

/** A key on a token, and whether it can seal. */
export interface ListedKey {
  readonly label: string
  readonly id: string
  readonly type: KeyFacts['type']
  /** Subject and end of its certificate, where it can seal. */
  readonly certificate: { readonly subject: string; readonly validTo: string } | undefined
  /** Why it cannot; undefined when it can. */
  readonly obstacle: string | undefined
}
export interface ListedToken {
  /** As it is now: slot numbers change. */
  readonly slot: string
  readonly label: string
  readonly serial: string
  readonly manufacturer: string
  readonly model: string
  /** Why the gateway could not log in; undefined when nothing is seen. */
  readonly obstacle: string | undefined
  readonly keys: readonly ListedKey[]
}

/**
 * What a PKCS#11 module shows without a login, for `ecoc doctor` and for choosing a key: tokens, and their keys as far as public keys
 * and certificates tell of them. Gives no token a PIN. Works beside an open signer.
 * Throws `GatewayError` when the module cannot be used (`SIG-501` to `SIG-505`, `SIG-531` to `SIG-533`).
 * @param options.deadline milliseconds for each call
 */
export const listTokens = async (options: {
  readonly module: string
  readonly environment?: Readonly<Record<string, string>>
  readonly certificates?: readonly string[]
  readonly deadline?: number
  readonly at?: Date
}): Promise<ListedToken[]> => {
  const { module, environment = {}, certificates = [], deadline = 5000, at = new Date() } = options
  const fromFiles = await readCertificateFiles(certificates)
  const process = new TokenProcess(1, environment)

  const keysOf = async ({ slot }: TokenFacts): Promise<ListedKey[]> => {
    const contents = await process.call('login', { slot }, deadline)
    const given = givenCertificates(fromFiles, contents)
    return contents.keys.map((key): ListedKey => {
      const { label, id, type } = key
      const result = fitness(key, given, at)
      if (result instanceof GatewayError) return { label, id, type, certificate: undefined, obstacle: result.message }
      const certificate = { subject: result.subject, validTo: result.x509.validToDate.toISOString() }
      return { label, id, type, certificate, obstacle: undefined }
    })
  }

  try {
    const listed: ListedToken[] = []
    for (const token of await process.call('start', { module }, deadline)) {
      const { slot, label, serial, manufacturer, model } = token
      const obstacle = pinObstacle(token)?.message
      // A token that is not initialised has no sessions.
      const keys = await keysOf(token).catch((error: unknown) => {
        if (process.ended || obstacle === undefined) throw error
        return []
      })
      listed.push({ slot, label, serial, manufacturer, model, obstacle, keys })
    }
    await process.call('end', {}, deadline)
    return listed
  } catch (error) {
    throw error instanceof TokenFailure ? explain(error.fault, { token: 'token', module }) : error
  } finally {
    process.kill()
  }
}
