import type { Mapper, MappingInput, MappingResult } from './mapper.ts'

/**
 * Maps one record: pure and synchronous, no I/O, no clock. The tree holds all but the stamps IviReferenceId,
 * IviVersionDateTime and SignatureDate. A value that cannot be mapped is a finding that names its field.
 */
export const mapRecord = (mapper: Mapper, input: MappingInput): MappingResult => mapper.map(input)
