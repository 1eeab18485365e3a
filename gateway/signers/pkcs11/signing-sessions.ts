import { createHash } from 'node:crypto'
import type { TokenFault } from './messages.ts'
import { faultOf, type Library, type Module } from './module.ts'

/** Smaller buffers made modules answer CKR_BUFFER_TOO_SMALL and leave the operation open. */
const minimumOutput = 512

/** DigestInfo of SHA-256 without the digest (RFC 8017, 9.2, note 1). */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

interface Session {
  readonly handle: Buffer
  readonly output: Buffer
}
interface Job {
  readonly data: Buffer
  done(signature: Buffer | TokenFault): void
}

export interface SigningOptions {
  readonly slot: Buffer
  readonly key: Buffer
  readonly mechanism: 'hashing' | 'bare'
  readonly signatureBytes: number
  /** Set where the key wants it with each signature (CKA_ALWAYS_AUTHENTICATE). */
  readonly pin: string | undefined
  /** The session that holds the login: signs only where the token has no other. */
  readonly keeper: Buffer | undefined
}

/**
 * The sessions that sign: each has one operation at a time. One that failed is closed, because modules were seen to leave the
 * operation open, and a new one takes its place. Data wait while all are busy.
 */
export class SigningSessions {
  readonly #module: Module
  readonly #library: Library
  readonly #options: SigningOptions
  readonly #idle: Session[] = []
  readonly #waiting: Job[] = []
  #open = 0

  constructor(module: Module, library: Library, options: SigningOptions) {
    this.#module = module
    this.#library = library
    this.#options = options
  }

  /** Opens sessions up to this many; fewer where the token has no more. Throws when there is none at all. */
  fill(sessions: number): number {
    while (this.#open < sessions) {
      try {
        this.#openOne()
      } catch (error) {
        const { keeper } = this.#options
        if (this.#open > 0) break
        if (!keeper || faultOf(error).name !== 'CKR_SESSION_COUNT') throw error
        this.#add(keeper)
        break
      }
    }
    return this.#open
  }

  /** Whether all sessions are at work, and each finds something to do when it is done. */
  get hasBacklog(): boolean {
    return this.#idle.length === 0 && this.#waiting.length >= this.#open
  }

  sign(data: Buffer, done: Job['done']): void {
    this.#waiting.push({ data, done })
    this.#turn()
  }

  #openOne(): void {
    this.#add(this.#module.C_OpenSession(this.#options.slot, this.#library.CKF_SERIAL_SESSION))
  }

  #add(handle: Buffer): void {
    this.#open += 1
    this.#idle.push({ handle, output: Buffer.alloc(Math.max(minimumOutput, this.#options.signatureBytes)) })
  }

  #turn(): void {
    while (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#open === 0)) {
      const job = this.#waiting.shift()
      if (!job) return
      try {
        if (this.#open === 0) this.#openOne()
      } catch (error) {
        job.done(faultOf(error))
        continue
      }
      const session = this.#idle.pop()
      if (session) this.#signIn(session, job)
    }
  }

  #signIn(session: Session, job: Job): void {
    const { key, mechanism, pin } = this.#options
    const hashing = mechanism === 'hashing'
    const failed = (error: unknown, pinTried = false): void => {
      this.#replace(session)
      job.done(faultOf(error, pinTried))
    }
    let pinTried = false
    try {
      const type = hashing ? this.#library.CKM_SHA256_RSA_PKCS : this.#library.CKM_RSA_PKCS
      this.#module.C_SignInit(session.handle, { mechanism: type }, key)
      if (pin !== undefined) {
        pinTried = true
        this.#module.C_Login(session.handle, this.#library.CKU_CONTEXT_SPECIFIC, pin)
      }
      const input = hashing ? job.data : Buffer.concat([digestInfo, createHash('sha256').update(job.data).digest()])
      this.#module.C_Sign(session.handle, input, session.output, (error, signature) => {
        // pkcs11js types the error as always there.
        if (error as Error | null) failed(error)
        else {
          this.#idle.push(session)
          job.done(signature)
        }
        this.#turn()
      })
    } catch (error) {
      failed(error, pinTried)
    }
  }

  /** The new session comes first: with the last session of a token its login ends. */
  #replace(session: Session): void {
    try {
      this.#openOne()
    } catch {
      // No session to be had now; with none left the next job asks again, and says why not.
    }
    try {
      this.#module.C_CloseSession(session.handle)
    } catch {
      // It was gone already.
    }
    this.#open -= 1
  }
}
