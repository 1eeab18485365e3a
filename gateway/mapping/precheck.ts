import type { Finding } from '../contract/finding.ts'
import type { RecordFields } from '../contract/flow.ts'
import type { Configurator } from './configurator/configurator.ts'
import type { ApprovalKey } from './mapper.ts'

/** Makes the check of a configuration that comes before master data is looked for. */
export const makePrecheck = (
  configurator: Configurator | undefined,
  approvalKey: (fields: RecordFields) => ApprovalKey,
): ((fields: RecordFields) => readonly Finding[]) => {
  if (!configurator) return () => []
  return (fields) => {
    const findings = configurator.gate(fields)
    // What is missing may be what decides, so the table is asked only for a whole configuration.
    if (findings.length > 0 || !configurator.resolve) return findings
    const resolved = configurator.resolve(fields, approvalKey(fields).dateOfManufacture)
    return 'finding' in resolved ? [resolved.finding] : []
  }
}
