import type { ApprovalData } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { valueAt } from '../ivi/get-value.ts'
import { approvalStanding, type Standing, type StandingFacts } from './approval-standing.ts'

/** What the document does not say itself. */
export type DocumentFacts = Pick<StandingFacts, 'today' | 'profile' | 'builtInYear' | 'isCorrection'> & {
  /** VIN of another vehicle of this approval and year that has the same running number. */
  readonly takenBy?: string
}

const isStage = (text: string | undefined): text is 'I' | 'C' | 'V' => text === 'I' || text === 'C' || text === 'V'

/**
 * `approvalStanding` of a document (or the tree of a vehicle model): day of manufacture, category, stage and running
 * number are those that stand in it. A document without a day of manufacture is held against today.
 */
export const standingOfDocument = (data: ApprovalData, tree: IviTree, facts: DocumentFacts): Standing => {
  const { takenBy, ...given } = facts
  const stage = valueAt(tree, 'StageOfCompletion')
  const number = valueAt(tree, 'ProductionSequentialNumberSmallSeries')
  return approvalStanding(data, {
    ...given,
    dateOfManufacture: valueAt(tree, 'DateManufactureVehicle') ?? facts.today,
    category: valueAt(tree, 'VehicleCategory') ?? '',
    ...(isStage(stage) ? { stage } : {}),
    ...(number === undefined
      ? {}
      : { runningNumber: { value: number, ...(takenBy === undefined ? {} : { takenBy }) } }),
  })
}
