import { randomUUID } from 'node:crypto'

/** Where a UUID's variant and random tail begin; Node draws its randomness ahead, which makes this cheap. */
const uuidTail = 19

let lastMs = 0
let sequence = 0

/** Makes every id from now on sort after this one, whatever the clock says. Anything but one of our ids is ignored. */
export const continueAfter = (id: string): void => {
  const parts = /^([0-9a-f]{8})-([0-9a-f]{4})-7([0-9a-f]{3})-/.exec(id)
  if (!parts) return
  const [, high = '', low = '', count = ''] = parts
  const ms = Number.parseInt(high + low, 16)
  const used = Number.parseInt(count, 16)
  if (ms < lastMs || (ms === lastMs && used <= sequence)) return
  lastMs = ms
  sequence = used
}

/**
 * An id that sorts by the time it was made (UUID v7, RFC 9562): milliseconds, a counter within one, and chance.
 * Lists of newest first need no other column.
 */
export const newId = (now = Date.now()): string => {
  if (now > lastMs) {
    lastMs = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    lastMs += 1
    sequence = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const count = sequence.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomUUID().slice(uuidTail)}`
}
