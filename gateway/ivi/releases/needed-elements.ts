import type { Finding } from '../../contract/finding.ts'
import type { Catalogue } from '../catalogue.ts'
import { ivi20 } from '../catalogue.ts'
import { schemaFinding } from '../structure-findings.ts'

/** What the gateway itself writes into a document or reads from it to know whose it is, in any release. */
const needed = [
  'InitialVehicleInformation',
  'IviReferenceId',
  'IviVersionNumberXsd',
  'IviVersionNumber',
  'IviVersionDateTime',
  'DesignatedTypeApprovalCountry',
  'VehicleIdentificationNumber',
  'VehicleCategory',
  'StageOfCompletion',
  'Type',
  'Variant',
  'Version',
  'TypeApprovalNumber',
  'ManufacturerGroup',
  'ManufacturerStageNumber',
  'SigningAuthorityGroup',
  'SignatureDate',
]

/** XSD-006 for each element without which this version of the gateway could not work with the schema. */
export const missingElements = (catalogue: Catalogue): Finding[] =>
  needed.flatMap((name) => {
    const path = ivi20.elements.get(name)?.path ?? name
    const there = catalogue.elements.get(name)?.path
    if (there === path) return []
    const what = there === undefined ? 'does not have it' : `has it at ${there}`
    const message = `This version of the gateway works with ${path}, and the schema ${what}. Update the gateway first.`
    return [schemaFinding('XSD-006', path, message)]
  })
