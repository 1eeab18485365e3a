import type { Finding } from '../contract/finding.ts'
import type { BaseEcoc, VehicleModel } from '../contract/flow.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { refuse } from './drift-finding.ts'

const named = ['TypeApprovalNumber', 'Type', 'Variant', 'Version'] as const

/**
 * The document is about the base's vehicle and names the base's approval, byte for byte with its extension: the VIN is
 * retained in all stages, the number is copied (2018/858 Annex IX 3.3 and 4).
 */
export const compareIdentity = (model: VehicleModel, base: BaseEcoc): Finding[] => {
  const findings: Finding[] = []
  const vin = valueAt(model.tree, 'VehicleIdentificationNumber') ?? model.vin
  const baseVin = valueAt(base.tree, 'VehicleIdentificationNumber') ?? base.vin
  if (vin !== baseVin) {
    const params = { measured: vin, base: baseVin, article: '2018/858 Annex IX 4' }
    const message = `The vehicle is ${vin}, but the base eCoC is about ${baseVin}. Find the base eCoC of this VIN.`
    findings.push(refuse('DRF-BASE-001', elementOf('VehicleIdentificationNumber').path, message, params))
  }
  const rows = rowsOf(model.tree, 'ManufacturerGroup')
  const last = rows.at(-1)
  if (rows.length < 2 || last === undefined) return findings
  for (const name of named) {
    const ours = valueAt(last, `PreviousStage${name}`)
    const theirs = valueAt(base.tree, name)
    if (ours === undefined || theirs === undefined || ours === theirs) continue
    const path = `${elementOf('ManufacturerGroup').path}[${rows.length}]/PreviousStage${name}`
    const params = { measured: ours, base: theirs, article: '2018/858 Annex IX 3.3' }
    findings.push(
      refuse('DRF-BASE-002', path, `PreviousStage${name} says ${ours}, the base eCoC says ${theirs}.`, params),
    )
  }
  return findings
}
