/** The answers that belong to a document: those whose bytes hold its IviReferenceId. */
export type ReceiptFinder = (reference: string) => Promise<readonly Buffer[]>

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** The references that an answer speaks of, whatever its format. */
export const referencesIn = (bytes: Buffer): Set<string> =>
  new Set((bytes.toString('latin1').match(uuid) ?? []).map((text) => text.toLowerCase()))

/** Answers found by the references in them; each is read again when it is wanted, so that an archive need not fit in memory. */
export class ReceiptIndex<T> {
  readonly #byReference = new Map<string, T[]>()
  readonly #read: (place: T) => Promise<Buffer>

  constructor(read: (place: T) => Promise<Buffer>) {
    this.#read = read
  }

  add(place: T, bytes: Buffer): void {
    for (const reference of referencesIn(bytes))
      this.#byReference.set(reference, [...(this.#byReference.get(reference) ?? []), place])
  }

  readonly find: ReceiptFinder = (reference) =>
    Promise.all((this.#byReference.get(reference) ?? []).slice(0, 20).map((place) => this.#read(place)))
}
