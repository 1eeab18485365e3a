import { readFileSync } from 'node:fs'
import type { ApprovalData } from '../../contract/flow.ts'
import { GatewayError } from '../../contract/errors.ts'
import { loadMapper } from '../../mapping/load-mapper.ts'
import type { Mapper } from '../../mapping/mapper.ts'
import { readApprovals } from '../../approvals/read-approvals.ts'

/** The sample files beside this module, as they are copied into a fresh sandbox. */
export const sampleFiles = {
  mappers: ['mappers/sage-x3.yaml', 'mappers/chassis-json.yaml', 'mappers/s4-equipment.yaml'],
  approvals: ['approvals/example-chassis.yaml', 'approvals/example-bodies.yaml', 'approvals/example-trailers.yaml'],
} as const

/** The bytes of a sample file, by its name in `sampleFiles`. */
export const readSample = (name: string): Buffer => readFileSync(new URL(name, import.meta.url))

/** A sample mapper by its name. */
export const sampleMapper = (name: 'sage-x3' | 'chassis-json' | 's4-equipment'): Mapper => {
  const file = `mappers/${name}.yaml`
  return loadMapper(readSample(file).toString('utf8'), file)
}

/**
 * The sample master data of the invented manufacturers.
 * @throws GatewayError (bug, MAP-020) when a sample file is broken
 */
export const sampleApprovals = (): readonly ApprovalData[] =>
  sampleFiles.approvals.flatMap((file) => {
    const { approvals, findings } = readApprovals(readSample(file), file)
    const [fault] = findings
    if (fault) throw new GatewayError({ kind: 'bug', code: 'MAP-020', message: `${fault.path}: ${fault.message}` })
    return approvals
  })
