import { createHash } from 'node:crypto'
import type { FakeAnswer } from './fake-https.ts'

/** Behaviours by the names that the simulated access point uses, and three that REST adds. */
export const behaviours = [
  'accept',
  'warn',
  'reject',
  'pending',
  'http-500',
  'reset-before-accept',
  'reset-after-accept',
  'timeout-after-accept',
  'duplicate-reply',
  'malformed-reply',
  'slow',
  'wrong-receipt',
  'half-answer',
  'busy',
  'token-gone',
] as const
export type Behaviour = (typeof behaviours)[number]

export interface Held {
  readonly iviReferenceId: string
  readonly vin: string
  readonly sha256: string
  count: number
}

export interface FakeRequest {
  readonly operation: 'submit' | 'query' | 'cancel'
  readonly iviReferenceId: string
  readonly messageId: string
  readonly sha256: string
  readonly outcome: string
}

/** What a fake authority keeps: accepted documents by reference, and every request. */
export class FakeRegister {
  readonly held = new Map<string, Held>()
  readonly requests: FakeRequest[] = []

  /** Processes a document to acceptance; `known` when it was held already, with the content it has. */
  accept(document: Buffer): Held & { known: boolean } {
    const { iviReferenceId, vin } = this.read(document)
    const known = this.held.get(iviReferenceId)
    if (known) return { ...known, known: true }
    const made = { iviReferenceId, vin, sha256: createHash('sha256').update(document).digest('hex'), count: 1 }
    this.held.set(iviReferenceId, made)
    return { ...made, known: false }
  }

  read(document: Buffer): { iviReferenceId: string; vin: string } {
    const xml = document.toString()
    const value = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
    return { iviReferenceId: value('IviReferenceId'), vin: value('VehicleIdentificationNumber') }
  }
}

/** What a behaviour makes of the answer that would have come. */
export const disturb = (behaviour: Behaviour, answer: FakeAnswer): FakeAnswer => {
  if (typeof answer === 'string') return answer
  if (behaviour === 'reset-after-accept') return 'cut'
  if (behaviour === 'timeout-after-accept') return 'silence'
  if (behaviour === 'malformed-reply') return { status: answer.status, text: '<html>all is well</html>' }
  if (behaviour === 'half-answer') return { ...answer, half: true }
  if (behaviour === 'slow') return { ...answer, afterMs: 300 }
  return answer
}
