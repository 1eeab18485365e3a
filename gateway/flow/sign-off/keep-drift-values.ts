import type { DriftInput } from '../../drift/compare-with-base.ts'
import { driftValues } from '../../drift/trend.ts'
import type { EcocRow } from '../../store/tables.ts'
import { upsert, type Write } from '../../store/writes.ts'

/**
 * What a vehicle adds to the trends of its variant: once for each stage of the VIN, however often it is made anew. Tests and
 * further documents of the same vehicle add nothing.
 */
export const driftValueWrites = (ecoc: EcocRow, variant: string, input: DriftInput): Write[] => {
  if (ecoc.mode === 'test' || ecoc.sibling_of) return []
  const of = { vin: ecoc.vin, stage: input.model.stage, variant, ecoc_id: ecoc.id, at: ecoc.created_at }
  return driftValues(input).map(({ field, deviation }) => upsert('drift_value', { ...of, field, deviation }))
}
