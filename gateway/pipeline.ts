import type { Step } from './flow/step.ts'
import { baseStep } from './flow/steps/base-step.ts'
import { checksStep } from './flow/steps/checks-step.ts'
import { compareStep } from './flow/steps/compare-step.ts'
import { documentStep } from './flow/steps/document-step.ts'
import { driftStep } from './flow/steps/drift-step.ts'
import { mappingStep } from './flow/steps/mapping-step.ts'
import { routingStep } from './flow/steps/routing-step.ts'
import { signatureStep } from './flow/steps/signature-step.ts'
import { submissionStep } from './flow/steps/submission-step.ts'

/**
 * The one way through the house, and nothing else. Intake and inbox stand before it (a file becomes records),
 * write-back beside it (every resting state is answered). Neighbouring pure stages share one transaction.
 */
export const pipeline: readonly Step[] = [
  baseStep,
  mappingStep,
  routingStep,
  documentStep,
  checksStep,
  driftStep,
  compareStep,
  signatureStep,
  submissionStep,
]
