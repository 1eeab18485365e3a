import { type Finding, GatewayError, type Vin } from '../../contract/index.ts'
import type { Tools } from '../tools.ts'
import { type Continued, type HeadContext, headWrites } from './head-writes.ts'
import { earlierFinding } from './read-earlier.ts'

export interface ContinuedVehicles {
  readonly heads: number
  readonly problems: readonly { readonly vin: Vin; readonly reference: string; readonly finding: Finding }[]
}

const isConstraint = (error: Error): boolean => error.message.includes('UNIQUE constraint failed: ecoc.')
const isMoved = (error: Error): boolean => error instanceof GatewayError && error.code === 'STO-003'

const refused = (error: Error): Finding => {
  const why = isMoved(error) ? 'it kept moving; import it again' : 'an eCoC of that reference is here already'
  return earlierFinding('EAR-006', 'error', `The vehicle was not taken over: ${why}.`)
}

/**
 * Makes heads of vehicles in one transaction, each vehicle whole or not at all. One that moved in between is decided anew;
 * one whose reference or identity is taken is told and left as it is.
 */
export const continueVehicles = async (
  vins: readonly Vin[],
  context: HeadContext,
  tools: Tools,
): Promise<ContinuedVehicles> => {
  let heads = 0
  const problems: ContinuedVehicles['problems'][number][] = []
  let open = vins
  for (let tries = 0; open.length > 0; tries++) {
    const made: (Continued & { readonly vin: Vin })[] = []
    for (const vin of open) made.push({ vin, ...(await headWrites(vin, context, tools)) })
    const errors = await tools.store.commitEach(made.map((m) => m.writes))
    const again: Vin[] = []
    for (const [i, one] of made.entries()) {
      const error = errors[i]
      if (!error) {
        heads += one.heads.length
        problems.push(...one.problems.map((p) => ({ vin: one.vin, ...p })))
      } else if (isMoved(error) && tries < 5) again.push(one.vin)
      else if (isMoved(error) || isConstraint(error))
        problems.push(...one.heads.map(({ reference }) => ({ vin: one.vin, reference, finding: refused(error) })))
      else throw error
    }
    open = again
  }
  return { heads, problems }
}
