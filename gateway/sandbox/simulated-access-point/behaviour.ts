import { z } from 'zod'

export const behaviours = [
  'accept',
  'warn',
  'reject',
  'pending',
  'soap-fault',
  'http-500',
  'reset-before-accept',
  'reset-after-accept',
  'timeout-after-accept',
  'duplicate-reply',
  'malformed-reply',
  'slow',
  'wrong-receipt',
  'tls-expired',
] as const
export type BehaviourName = (typeof behaviours)[number]

/** What `POST /_control/behaviour` takes. */
export const behaviourRequest = z.strictObject({
  behaviour: z.enum(behaviours),
  probability: z.number().min(0).max(1).default(1),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
})

/** A scripted behaviour and where its random numbers have got to. Plain data: it is stored with every step. */
export interface BehaviourState {
  readonly behaviour: BehaviourName
  readonly probability: number
  readonly seed: number
  readonly randomState: number
}

export const plainBehaviour: BehaviourState = { behaviour: 'accept', probability: 1, seed: 1, randomState: 1 }

/** One step of mulberry32: small, well mixed, and its whole state is one 32-bit number that can be stored. */
export const drawRandom = (randomState: number): { readonly value: number; readonly randomState: number } => {
  const next = (randomState + 0x6d2b79f5) >>> 0
  let t = next
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return { value: ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296, randomState: next }
}

/** Decides whether the scripted behaviour strikes this time, and moves the random numbers on. */
export const drawBehaviour = (
  state: BehaviourState,
): { readonly behaviour: BehaviourName; readonly next: BehaviourState } => {
  const drawn = drawRandom(state.randomState)
  const strikes = drawn.value < state.probability
  return { behaviour: strikes ? state.behaviour : 'accept', next: { ...state, randomState: drawn.randomState } }
}
