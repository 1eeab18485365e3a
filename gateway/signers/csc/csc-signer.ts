import { createHash, verify as cryptoVerify, type KeyObject } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { GatewayError } from '../../contract/errors.ts'
import type { OpenSigner, SignerContext } from '../signer-kind.ts'
import { Authoriser, type Authorisation } from './authorisation.ts'
import { chooseCredential, verifyService, type Credential } from './choose-credential.ts'
import type { CscSignerConfig } from './config.ts'
import { cscError } from './csc-error.ts'
import { dialects } from './dialect.ts'
import { Gatherer } from './gatherer.ts'
import { CscHttp, twice, type CscAnswer } from './http.ts'
import { OneTimeSecret, readSmall } from './secret-file.ts'
import { CscService, inWords, refusalIn } from './service.ts'

const signatures = z.object({ signatures: z.array(z.string().max(4096)).min(1) })
const deferred = z.object({ responseID: z.string().min(1).max(5000) })

const isSigned = (data: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> =>
  new Promise((resolve, reject) => {
    cryptoVerify('sha256', data, key, signature, (error, result) => {
      if (error) reject(error)
      else resolve(result)
    })
  })

/** Base64 without anything else in it; undefined where it is not. */
const decode = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

interface Parts {
  readonly config: CscSignerConfig
  readonly service: CscService
  readonly credential: Credential
  readonly authoriser: Authoriser
}

const isStillUnderWay = (answer: CscAnswer): boolean =>
  answer.status === 202 ||
  // Some answer HTTP 400 with the words for 202.
  (answer.status === 400 && refusalIn(answer).error === 'accepted_request')

/** Collects signatures that are made later (API 2.0, 11.12). */
const collect = async (requestID: string, { config, service }: Parts): Promise<CscAnswer> => {
  for (const end = performance.now() + config.patience; ;) {
    const answer = await twice(() => service.call('signatures/signPolling', { requestID }))
    if (!isStillUnderWay(answer)) return answer
    if (performance.now() >= end)
      throw cscError(
        'SIG-401',
        'The signing service did not sign in time.',
        'It is tried again with a new authorisation.',
      )
    await wait(config.poll)
  }
}

/** The service did nothing: it does not take the activation data (any more). */
const isSadRefused = (answer: CscAnswer): boolean =>
  /SAD (is |has )?expired|invalid parameter SAD|expired SAD/i.test(refusalIn(answer).description)

type Outcome = { readonly texts: readonly string[] } | { readonly sadRefused: string }

const askForSignatures = async (hashes: readonly string[], held: Authorisation, parts: Parts): Promise<Outcome> => {
  const { config, service, credential } = parts
  const { id: credentialID, signAlgo } = credential
  const asynchronous = config.asynchronous && config.version === 'v2'
  const body = dialects[config.version].sign({ credentialID, SAD: held.sad, hashes, signAlgo, asynchronous })
  let repeated = -1
  // The same activation data for the same hashes: nothing is authorised twice, and PKCS#1 v1.5 gives the same signatures.
  let answer = await twice(() => {
    repeated++
    return service.call('signatures/signHash', body)
  })
  const { data: later } = deferred.safeParse(answer.json)
  if (answer.status < 300 && later) answer = await collect(later.responseID, parts)
  if (answer.status >= 400 && isSadRefused(answer)) {
    if (repeated === 0) return { sadRefused: inWords(refusalIn(answer)) }
    const message = `The answer with the signatures was lost, and its authorisation is used up: ${inWords(refusalIn(answer))}.`
    throw cscError('SIG-413', message, 'It is tried again with a new authorisation.')
  }
  if (answer.status >= 400) {
    const message = `The signing service refuses to sign: ${inWords(refusalIn(answer))}.`
    throw cscError('SIG-412', message, 'It is tried again. If it stays so, ask the provider.')
  }
  const { data } = signatures.safeParse(answer.json)
  if (data?.signatures.length === hashes.length) return { texts: data.signatures }
  const got = data ? String(data.signatures.length) : 'no'
  throw cscError(
    'SIG-404',
    `The signing service gives ${got} signatures for ${hashes.length} hashes.`,
    'Tell the provider.',
  )
}

/** Signs what was gathered with one authorisation. The service sees hashes only. */
const signBatch = async (batch: readonly Buffer[], parts: Parts): Promise<readonly string[]> => {
  const hashes = batch.map((data) => createHash('sha256').update(data).digest('base64'))
  let refused = ''
  for (let attempt = 0; attempt < 2; attempt++) {
    const held = await parts.authoriser.obtain(hashes)
    const outcome = await askForSignatures(hashes, held, parts)
    if ('texts' in outcome) return outcome.texts
    parts.authoriser.drop(held)
    refused = outcome.sadRefused
  }
  const message = `The signing service does not take what it has just authorised: ${refused}.`
  throw cscError('SIG-413', message, 'Ask the provider.')
}

const makeHttp = async ({ tls, proxy, timeout }: CscSignerConfig, path: (file: string) => string): Promise<CscHttp> => {
  const read = (file: string | undefined) => (file === undefined ? undefined : readSmall(path(file)))
  const [cert, key, ca] = await Promise.all([
    read(tls?.certificate),
    read(tls?.key),
    tls?.trustAnchors && Promise.all(tls.trustAnchors.map((file) => readSmall(path(file)))),
  ])
  return new CscHttp({ timeoutMs: timeout, proxy, cert, key, ca })
}

/**
 * Opens a signer at a trust service provider: finds the credential, and signs batches of hashes with it.
 * A signature is verified with the credential's certificate before it is given out (`SIG-411`); the order of answers is the order of
 * asking. Throws as `verifyService` and `chooseCredential` do, and `SIG-001` for a file that cannot be read.
 */
export const openCscSigner = async (config: CscSignerConfig, context: SignerContext): Promise<OpenSigner> => {
  const { name, path, clock, signal } = context
  const http = await makeHttp(config, path)
  try {
    const { clientSecretFile } = config.token
    const secretFile = clientSecretFile === undefined ? undefined : path(clientSecretFile)
    const service = new CscService(config, http, secretFile, clock)
    await verifyService(service, config.version)
    const credential = await chooseCredential({ config, service, name, at: clock() })
    const secrets = [...credential.secrets.keys()].map((id) => {
      return new OneTimeSecret(id, path(config.secrets[id] ?? ''), `${config.url} ${credential.id}`)
    })
    const authoriser = new Authoriser({ config, service, credential, secrets, clock })
    const parts = { config, service, credential, authoriser }
    const gatherer = new Gatherer<Buffer, string>({
      afterMs: config.gather,
      most: Math.min(credential.facts.multisign, 500),
      run: (batch) => signBatch(batch, parts),
    })
    let isSpent = false
    const onAbort = (): void => void close()
    const close = async (): Promise<void> => {
      signal.removeEventListener('abort', onAbort)
      gatherer.close()
      await http.close()
    }
    signal.addEventListener('abort', onAbort)
    return {
      name,
      chain: credential.chain,
      get isSpent() {
        return isSpent
      },
      async sign(data) {
        const signature = decode(await gatherer.add(data))
        if (signature && (await isSigned(data, credential.leaf.x509.publicKey, signature))) return signature
        // The provider may have renewed the credential: opened anew, the signer has its new certificate.
        isSpent = true
        const message = `The signing service gave a signature that does not verify with the certificate of ${name}.`
        throw cscError('SIG-411', message, 'It is not used. Ask the provider whether the credential was renewed.')
      },
      close,
    }
  } catch (error) {
    await http.close()
    throw error instanceof GatewayError
      ? error
      : cscError('SIG-404', 'The signing service cannot be used.', 'See the log.', error)
  }
}
