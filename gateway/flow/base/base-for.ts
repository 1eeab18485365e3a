import { approvalKeyOf } from '../../approvals/pick-approval.ts'
import { baseOfSheet } from '../../base/sheet-document.ts'
import { isVin, placeOfVin } from '../../base/vin-series.ts'
import type { BaseEcoc, IviTree, RecordFields, Vin } from '../../contract/index.ts'
import { valueAt } from '../../ivi/get-value.ts'
import type { ReadDocument } from '../../ivi/read-document.ts'
import type { Mapper } from '../../mapping/mapper.ts'
import type { BaseEcocRow } from '../../store/tables.ts'
import { localDay } from '../../support/local-time.ts'
import type { Tools } from '../tools.ts'

/** What tells a vehicle's own stage from those before: its type, variant and version. */
export interface OwnKey {
  readonly type: string
  readonly variant: string
  readonly version: string
}

export const ownKeyOf = (mapper: Mapper, fields: RecordFields): OwnKey => approvalKeyOf(mapper, fields)

/**
 * Whether a document is of the stage that is being made, so that nothing can be built on it: a place that already has our own
 * eCoC gives it for the VIN, and somebody may import it. Each stage has an approval of its own, so the same type, variant
 * and version are the same stage. The number of the stage cannot say it: it follows from the base itself.
 */
export const isOwnStage = (tree: IviTree, own: OwnKey): boolean =>
  own.variant !== '' &&
  valueAt(tree, 'Type') === own.type &&
  valueAt(tree, 'Variant') === own.variant &&
  valueAt(tree, 'Version') === own.version

/** Reads a base eCoC with the catalogue of the release that it states. */
export const baseReader =
  (tools: Tools, profile: string | null = null) =>
  (bytes: Buffer): ReadDocument =>
    tools.releases.read(bytes, profile, localDay(tools.clock(), tools.config.site.timeZone))

/** The base eCoC of the highest stage before ours that is kept. */
export const keptBase = async (
  vin: Vin,
  own: OwnKey,
  profile: string | null,
  tools: Tools,
): Promise<(BaseEcoc & Pick<BaseEcocRow, 'verification'>) | undefined> => {
  for (const row of await tools.store.bases.ofVehicle(vin)) {
    const { tree } = baseReader(tools, profile)(row.bytes)
    if (!isOwnStage(tree, own)) return { ...row, tree }
  }
  return undefined
}

/** The confirmed data sheet that stands in for the base eCoC of a vehicle. */
export const sheetBase = async (vin: Vin, tools: Tools): Promise<BaseEcoc | undefined> => {
  if (!isVin(vin)) return undefined
  const { series, serial } = placeOfVin(vin)
  const row = await tools.store.bases.sheetFor(series, serial)
  if (!row) return undefined
  const scan = await tools.store.bases.scan(row.id)
  const sheet = { id: row.id, confirmedBy: row.decided_by ?? '', scanSha256: scan?.sha256 }
  return baseOfSheet(JSON.parse(row.data) as IviTree, vin, sheet)
}
