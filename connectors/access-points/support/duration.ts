import { z } from 'zod'

const unitMs = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const

/** A time span as people write it: `500ms`, `60s`, `15min`, `2h`; milliseconds inside. */
export const duration = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}(ms|s|min|h)$/, 'a time span such as 500ms, 60s, 15min or 2h')
    .transform((text) => Number.parseInt(text, 10) * unitMs[text.replace(/^\d+/, '') as keyof typeof unitMs])
    .pipe(z.number().min(least).max(most))
