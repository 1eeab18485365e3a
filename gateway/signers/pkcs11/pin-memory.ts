import { open } from 'node:fs/promises'
import type { GatewayError } from '../../contract/errors.ts'
import { sha256 } from '../../support/hash.ts'
import { Mutex } from '../../support/mutex.ts'
import { pinVerdict } from './faults.ts'
import { refuse } from './refusals.ts'
import { TokenFailure } from './token-process.ts'

const maxPinBytes = 1024

const readPinFile = async (file: string): Promise<{ pin: string; hash: string }> => {
  let bytes: Buffer
  try {
    const handle = await open(file)
    try {
      const buffer = Buffer.alloc(maxPinBytes + 1)
      bytes = buffer.subarray(0, (await handle.read(buffer)).bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    const hint = 'Check the path, and that the user of the gateway may read it.'
    throw refuse('SIG-510', `The PIN file ${file} cannot be read.`, hint, cause)
  }
  // The first line: editors and `echo` end files with a line break that is not part of the PIN.
  const pin = bytes.toString('utf8').replace(/\r?\n[^]*$/, '')
  if (pin !== '' && bytes.length <= maxPinBytes) return { pin, hash: sha256(bytes) }
  const state = pin === '' ? 'empty' : 'too long'
  throw refuse('SIG-510', `The PIN file ${file} is ${state}.`, 'Its first line must be the PIN of the token.')
}

/**
 * Keeps a token from being locked: one PIN at a time, and one that the token refused is not given to it again until the file has
 * other content. Lives as long as the gateway, whatever becomes of the signer that uses it.
 */
export class PinMemory {
  readonly #oneAtATime = new Mutex()
  #refused: { readonly hash: string; readonly why: GatewayError } | undefined

  /**
   * Hands the PIN to `use`, once. Throws `SIG-510` for a file that cannot be read, what the token said of the PIN (`SIG-511`,
   * `SIG-512`, `SIG-514`; also later, without asking it again), and what `use` throws.
   */
  attempt<T>(file: string, token: string, use: (pin: string, hash: string) => Promise<T>): Promise<T> {
    return this.#oneAtATime.run(async () => {
      const { pin, hash } = await readPinFile(file)
      if (this.#refused?.hash === hash) throw this.#refused.why
      try {
        return await use(pin, hash)
      } catch (error) {
        const why = error instanceof TokenFailure ? pinVerdict(error.fault, token) : undefined
        if (!why) throw error
        this.#refused = { hash, why }
        throw why
      }
    })
  }

  /** Remembers a PIN that was refused while signing, for a key that wants it each time. @param hash as `use` was handed it */
  refuse(hash: string, why: GatewayError): void {
    this.#refused = { hash, why }
  }
}

const memories = new Map<string, PinMemory>()

/** The one memory of a token in this gateway. */
export const pinMemoryOf = (module: string, token: string): PinMemory => {
  const key = JSON.stringify([module, token])
  const known = memories.get(key) ?? new PinMemory()
  memories.set(key, known)
  return known
}
