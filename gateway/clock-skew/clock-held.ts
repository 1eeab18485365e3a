import { GatewayError } from '../contract/errors.ts'
import type { ClockVerdict } from './clock-watch.ts'

/** Throws `CLK-001` (operational, tried again by itself) while our clock is too far from those of the others. */
export const assertClock = ({ isHeld, message }: ClockVerdict): void => {
  if (!isHeld) return
  throw new GatewayError({
    kind: 'operational',
    code: 'CLK-001',
    message: message ?? 'Our clock is wrong.',
    hint: 'Set the clock of this machine right and keep it so (NTP). Signing goes on by itself.',
  })
}

const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/** Milliseconds of an HTTP `Date` header (RFC 9110, 5.6.7); undefined for anything else. */
export const httpDateOf = (header: string | undefined): number | undefined => {
  const time = header !== undefined && httpDate.test(header) ? Date.parse(header) : NaN
  return Number.isNaN(time) ? undefined : time
}
