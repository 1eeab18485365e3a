import { type IviTree, modes, type RecordFields, type Vin } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import type { Tools } from '../tools.ts'
import { isOwnStage, type OwnKey, ownKeyOf } from './base-for.ts'

/** The open eCoCs of a vehicle, whatever their mode. */
export const ecocsOf = async (vin: Vin, tools: Pick<Tools, 'store'>): Promise<EcocRow[]> =>
  (await Promise.all(modes.map((mode) => tools.store.ecocs.openOf(vin, mode)))).flat()

/** Type, variant and version that an eCoC is made for; undefined where its mapper is gone. */
export const ownKeyOfEcoc = async (
  ecoc: EcocRow,
  tools: Pick<Tools, 'store' | 'mappers'>,
): Promise<OwnKey | undefined> => {
  const mapper = tools.mappers.get(ecoc.mapper)
  const record = await tools.store.ecocs.record(ecoc.id)
  return mapper && record && ownKeyOf(mapper, JSON.parse(record.fields) as RecordFields)
}

/** Says of a document whether it is of a stage that this gateway makes itself for the vehicle. */
export const isOwnOf = async (
  vin: Vin,
  tools: Pick<Tools, 'store' | 'mappers'>,
): Promise<(tree: IviTree) => boolean> => {
  const keys = await Promise.all((await ecocsOf(vin, tools)).map((ecoc) => ownKeyOfEcoc(ecoc, tools)))
  return (tree) => keys.some((key) => key !== undefined && isOwnStage(tree, key))
}
