import type { RecordFields } from '../../gateway/contract/flow.ts'
import { GatewayError } from '../../gateway/contract/errors.ts'
import { loadMapper } from '../../gateway/mapping/load-mapper.ts'
import type { Mapper, MappingInput, MappingResult } from '../../gateway/mapping/mapper.ts'
import { mapRecord } from '../../gateway/mapping/map-record.ts'

export const smallVin = 'EXZCHASS5NL000001'

/** A mapper of few fields, to which a test adds parts (`parts`) and targets (`map`). */
export const smallMapper = (map: string, parts = '', format = 'json'): Mapper =>
  loadMapper(smallYaml(map, parts, format), 'small.yaml')

export const smallYaml = (map: string, parts = '', format = 'json'): string => `
name: small
version: "1"
title: a small mapper
ivi: "2.0"
input:
  format: ${format}
  ${format === 'csv' ? "csv: { delimiter: ';', encoding: utf-8, decimal: ',' }" : ''}
  recordKey: [vin]
  vin: vin
  fields:
    vin: { type: vin }
    body: { type: code, required: false }
    mass: { type: decimal, required: false }
    made: { type: date, format: DD.MM.YYYY, required: false }
    axles: { type: list, required: false }
    chassis: { type: object, required: false }
    AX1: { type: decimal, required: false }
    AX2: { type: decimal, required: false }
    AX3: { type: decimal, required: false }
    odd name: { type: text, required: false }
base: optional
${parts}
map:
  VehicleIdentificationNumber: { field: vin }
${map}
`

/** Maps one record by such a mapper. */
export const runSmall = (mapper: Mapper, fields: RecordFields, input: Partial<MappingInput> = {}): MappingResult =>
  mapRecord(mapper, {
    fields: { vin: smallVin, ...fields },
    approval: undefined,
    base: undefined,
    settings: {},
    ...input,
  })

/** Why a mapper is refused. */
export const refusalOf = (map: string, parts = ''): GatewayError => {
  try {
    smallMapper(map, parts)
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error(`nothing is wrong with ${map}`)
}
