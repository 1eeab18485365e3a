import type { EcocId, Receipt, VehicleModel } from '../contract/index.ts'
import type { Language } from '../ivi/coc/coc.ts'
import { explainMessage, type Explanation } from '../receipts/explain-message.ts'
import { groupRejections, type RejectedVehicle, type RejectionGroup } from '../receipts/group-rejections.ts'
import type { RejectedRow } from '../store/repositories/picks.ts'
import type { Store } from '../store/store.ts'

/** More than this are not looked at: the newest show what is wrong. */
export const mostRejected = 5_000

const vehicleOf = (row: RejectedRow): RejectedVehicle => ({
  id: row.id,
  vin: row.vin,
  accessPoint: row.access_point ?? '',
  at: row.updated_at,
  receipt: row.meaning === null ? undefined : (JSON.parse(row.meaning) as Receipt),
  reason: row.reason ?? '',
})

/** What is rejected now, by cause; largest first. */
export const rejectionGroups = async (store: Store): Promise<RejectionGroup[]> =>
  groupRejections((await store.picks.rejected(mostRejected)).map(vehicleOf))

const modelOf = async (store: Store, id: string): Promise<VehicleModel | undefined> => {
  const kept = await store.contents.get(id as EcocId, 'model')
  return kept && (JSON.parse(kept.bytes.toString()) as VehicleModel)
}

/** A group explained by its newest vehicle. */
export const explainGroup = async (store: Store, group: RejectionGroup, language: Language): Promise<Explanation> => {
  const [newest] = group.vehicles
  return explainMessage(group.message, newest && (await modelOf(store, newest.id)), language)
}

/** Every message of the newest answer that an eCoC got, explained. */
export const explainEcoc = async (store: Store, id: EcocId, language: Language): Promise<Explanation[]> => {
  const [receipt, model] = await Promise.all([store.receipts.latest(id), modelOf(store, id)])
  return (receipt?.messages ?? []).map((message) => explainMessage(message, model, language))
}
