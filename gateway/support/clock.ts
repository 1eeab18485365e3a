import type { Instant } from '../contract/ids.ts'

/** Tells the time; handed in so that tests can stand still. */
export type Clock = () => Date

export const instant = (date: Date): Instant => date.toISOString() as Instant
