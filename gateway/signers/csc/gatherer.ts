import { cscError } from './csc-error.ts'

interface Waiting<In, Out> {
  readonly item: In
  readonly resolve: (result: Out) => void
  readonly reject: (error: unknown) => void
}

const maxWaiting = 5000

/** Gathers what comes within a short time into batches, and gives each its own result. */
export class Gatherer<In, Out> {
  readonly #afterMs: number
  readonly #most: number
  readonly #run: (batch: readonly In[]) => Promise<readonly Out[]>
  #waiting: Waiting<In, Out>[] = []
  #underWay = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** `run` gives as many results as it was handed items, in their order. */
  constructor(options: { afterMs: number; most: number; run: (batch: readonly In[]) => Promise<readonly Out[]> }) {
    this.#afterMs = options.afterMs
    this.#most = options.most
    this.#run = options.run
  }

  /** Throws what the batch threw; `SIG-415` when too many wait, `SIG-417` when it was closed. */
  async add(item: In): Promise<Out> {
    if (this.#isClosed) throw ended()
    if (this.#waiting.length + this.#underWay >= maxWaiting) {
      const message = `${maxWaiting} signatures wait for the signing service already.`
      throw cscError('SIG-415', message, 'It is tried again. If it stays so, the service is too slow for this plant.')
    }
    return new Promise<Out>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (this.#waiting.length >= this.#most) this.#flush()
      else this.#timer ??= setTimeout(() => this.#flush(), this.#afterMs)
    })
  }

  /** Whoever still waits to be sent is refused. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const { reject } of this.#waiting.splice(0)) reject(ended())
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length === 0) return
    this.#underWay += batch.length
    this.#run(batch.map(({ item }) => item))
      .then((results) => {
        for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Out)
      })
      .catch((error: unknown) => {
        for (const { reject } of batch) reject(error)
      })
      .finally(() => {
        this.#underWay -= batch.length
      })
  }
}

const ended = () => cscError('SIG-417', 'The signer was closed before it signed.', 'It is tried again.')
