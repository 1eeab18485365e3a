import { validate } from 'node-cron'
import { z } from 'zod'
import { duration } from '../durations.ts'
import { name } from './names.ts'

const pattern = z.string().min(1).max(200)

const isZone = (zone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A place that records come from. */
export const source = z
  .strictObject({
    name: name.describe('Its name. It stays: what was read and written is kept under it.'),
    connector: name.describe('Which connector reads it.'),
    mapper: name.describe('Which mapper reads its records.'),
    poll: duration.prefault('10s').describe('How often the source is looked at.'),
    schedule: z
      .strictObject({
        cron: z.string().max(100).refine(validate, 'a cron expression such as "0 6 * * 1-5"'),
        timeZone: z.string().refine(isZone, 'a time zone (IANA) such as Europe/Berlin').default('UTC'),
      })
      .optional()
      .describe('Looks at these times only; while files are still being written it goes on at the pace of `poll`.'),
    timeout: duration
      .optional()
      .describe('How long a call may take, or a file may stand still while it is read. Three polls when absent.'),
    stablePolls: z.int().min(1).max(100).default(2).describe('Polls in a row that must show a file unchanged.'),
    ready: pattern
      .refine((text) => text.includes('{name}') || text.includes('{stem}'), 'a name with {name} or {stem} in it')
      .optional()
      .describe('Name of the marker that says a file is whole: `{name}.done` for x.csv.done, `{stem}.ok` for x.ok.'),
    include: z.array(pattern).max(50).default([]).describe('Only files of these names are taken, such as `*.csv`.'),
    ignore: z.array(pattern).max(50).default([]).describe('Files of these names are never taken.'),
    settle: z
      .enum(['move', 'delete', 'leave'])
      .default('move')
      .describe('What becomes of a taken file: into the archive, deleted, or left there and remembered.'),
    maxBytes: z.int().positive().default(2_000_000_000).describe('A larger file, or call, is refused.'),
    callsPerMinute: z.int().min(1).max(100_000).optional().describe('At most so many calls a minute.'),
    pageRows: z.int().min(1).max(5000).default(500).describe('Rows that are read at once.'),
    overlap: duration
      .prefault('30min')
      .describe('How far back rows are looked at again: as long as the longest transaction that writes them.'),
    config: z.record(z.string(), z.unknown()).describe("The connector's own settings."),
  })
  .describe('A place that records come from.')
export type SourceSettings = z.infer<typeof source>
