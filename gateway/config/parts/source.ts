import { z } from 'zod'
import { duration } from '../durations.ts'
import { name } from './names.ts'

/** A place that records come from. */
export const source = z.strictObject({
  name,
  connector: name,
  mapper: name,
  poll: duration.prefault('10s').describe('How often the source is looked at.'),
  stablePolls: z.int().min(1).max(100).default(2).describe('Polls in a row that must show a file unchanged.'),
  maxBytes: z.int().positive().default(2_000_000_000),
  config: z.record(z.string(), z.unknown()).describe("The connector's own settings."),
})
