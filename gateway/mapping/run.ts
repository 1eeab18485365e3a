import type { RecordFields } from '../contract/flow.ts'
import type { Run } from './sources/source.ts'

/** A run over a record alone: no approval, no base, no look-ups, and findings are dropped. */
export const bareRun = (fields: RecordFields): Run => ({
  fields,
  record: fields,
  prefix: '',
  approval: undefined,
  base: undefined,
  settings: {},
  lookups: {},
  constant: () => undefined,
  draft: {},
  report: () => undefined,
})
