import { z } from 'zod'

const units = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A time span as people write it: `500ms`, `30s`, `5min`, `2h`, `10d`. Milliseconds inside. */
export const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|min|h|d)$/, 'a time span such as 500ms, 30s, 5min, 2h or 10d')
  .transform((text) => Number.parseInt(text, 10) * units[text.replace(/^\d+/, '') as keyof typeof units])
