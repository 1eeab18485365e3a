import type { SubmissionFacts } from '../../gateway/contract/index.ts'

/** Facts of a vehicle for envelopes under test. */
export const testFacts: SubmissionFacts = { vin: 'WEXCAB00000000001', stage: 2, version: 1, profile: 'EU', facts: {} }
