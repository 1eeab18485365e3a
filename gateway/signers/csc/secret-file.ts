import { readFile, stat } from 'node:fs/promises'
import { GatewayError } from '../../contract/errors.ts'
import { sha256 } from '../../support/hash.ts'
import { cscError } from './csc-error.ts'

const maxBytes = 64 * 1024

/**
 * Reads a small file of the configuration.
 * Throws `SIG-001` when it cannot be read or is too big.
 */
export const readSmall = async (file: string): Promise<Buffer> => {
  const refuse = (what: string, cause?: unknown) =>
    new GatewayError({
      kind: 'config',
      code: 'SIG-001',
      message: `${file} ${what}.`,
      hint: 'Check path and rights.',
      cause,
    })
  try {
    const { size } = await stat(file)
    if (size <= maxBytes) return await readFile(file)
  } catch (cause) {
    throw refuse('cannot be read', cause)
  }
  throw refuse('is too big for a secret or certificate')
}

/** The first line: editors and `echo` end files with a line break that is not part of the secret. */
export const readSecret = async (file: string): Promise<string> =>
  (await readSmall(file)).toString('utf8').replace(/\r?\n[^]*$/, '')

/**
 * Contents that were refused or used up, by place of use. Kept for the life of the process and not in the signer, which is opened
 * anew after an error: a wrong PIN sent again and again locks the key.
 */
const spent = new Map<string, string>()

/** A secret for one credential of one service: it is not given out again after it was marked, until its file changes. */
export class OneTimeSecret {
  readonly id: string
  readonly #file: string
  readonly #place: string

  constructor(id: string, file: string, place: string) {
    this.id = id
    this.#file = file
    this.#place = `${place} ${id} ${file}`
  }

  /** Throws `SIG-410` when this content was refused or used up before, `SIG-001` when the file cannot be read. */
  async read(): Promise<{ readonly value: string; readonly spend: () => void }> {
    const value = await readSecret(this.#file)
    const mark = sha256(Buffer.from(value))
    if (spent.get(this.#place) === mark)
      throw cscError(
        'SIG-410',
        `The ${this.id} in ${this.#file} was refused or used before. It is not sent again, so that nothing is locked.`,
        'Write the right one into the file; it is used as soon as the file has another content.',
      )
    return { value, spend: () => void spent.set(this.#place, mark) }
  }
}
