import { type EcocId, GatewayError, type RecordFields } from '../contract/index.ts'
import { dataContract, type DataContract } from '../data-contract/data-contract.ts'
import type { Tools } from '../flow/tools.ts'
import type { Language, Stage } from '../ivi/coc/coc.ts'
import { valueAt } from '../ivi/get-value.ts'
import { mapRecord } from '../mapping/map-record.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { Mutex } from '../support/mutex.ts'
import { readDraft, unknownMapper } from './drafts.ts'
import { preview, type Preview } from './preview.ts'
import { approveMapper, proposeMapper, releaseMapper, rollBackMapper } from './release-mapper.ts'
import { checkTree, situationOf } from './situation.ts'
import { describeMapper, listMappers, type MapperDetail, type MapperStanding } from './standing.ts'
import { storedMapper } from './stored-mapper.ts'

/** Which text of a mapper: what the flow runs, what lies in the folder, what is proposed, or a release by its number. */
export type Which = 'running' | 'draft' | 'proposed' | number

export interface ContractAsked {
  readonly which?: Which | undefined
  readonly language: Language
  readonly category?: string | undefined
  readonly stage?: Stage | undefined
  /** A record whose values stand as examples, and whose category counts when none is named. */
  readonly sample?: RecordFields | undefined
}

/** Trying, releasing and explaining mappers. */
export interface Workbench {
  list(): Promise<readonly MapperStanding[]>
  describe(name: string): Promise<MapperDetail>
  /** @throws GatewayError WRK-002, WRK-007 nothing is proposed, WRK-010 no such release */
  find(name: string, which: Which): Promise<Mapper>
  preview(mapper: Mapper, fields: RecordFields, language: Language): Promise<Preview>
  /** The record that an eCoC was made from; undefined when there is none. */
  recordOf(ecoc: EcocId): Promise<RecordFields | undefined>
  contract(mapper: Mapper, asked: ContractAsked): Promise<DataContract>
  propose(name: string, by: string, comment: string): Promise<void>
  /** @param seen hash of the proposed text as it was shown */
  approve(name: string, by: string, seen: string): Promise<number>
  release(name: string, by: string, comment: string): Promise<number>
  rollBack(name: string, to: number | undefined, by: string): Promise<number>
}

const find = async (name: string, which: Which, tools: Tools): Promise<Mapper> => {
  const { releases } = tools.releases
  const { mapperReleases } = tools.store
  if (which === 'draft') return (await readDraft(name, tools)).mapper
  if (which === 'running') {
    const running = tools.mappers.get(name)
    if (running) return running
    throw unknownMapper(name, tools.mappers.keys())
  }
  const row = which === 'proposed' ? await mapperReleases.proposal(name) : await mapperReleases.get(name, which)
  if (row) return storedMapper(row, releases)
  throw new GatewayError({
    kind: 'usage',
    code: which === 'proposed' ? 'WRK-007' : 'WRK-010',
    message: which === 'proposed' ? `No change of ${name} waits for an approval.` : `${name} has no release ${which}.`,
    params: { status: 404 },
  })
}

const contract = async (mapper: Mapper, asked: ContractAsked, tools: Tools): Promise<DataContract> => {
  const { language, category, stage, sample } = asked
  // Only a record says the category, which stands in the master data. Its values are printed only when it was given for that.
  const fields = sample ?? (category === undefined ? await latestFields(mapper.name, tools) : undefined)
  if (!fields) return dataContract(mapper, { language, category, stage })
  const situation = await situationOf(mapper, fields, tools)
  const { model, partial } = mapRecord(situation.mapper, { ...situation, fields })
  const tree = model?.tree ?? partial?.tree ?? {}
  return dataContract(mapper, {
    language,
    category: category ?? valueAt(tree, 'VehicleCategory'),
    stage,
    sample: sample && { fields, tree },
  })
}

const latestFields = async (name: string, tools: Tools): Promise<RecordFields | undefined> =>
  (await tools.store.mapperReleases.latestRecords(name, 1))[0]?.fields

export const createWorkbench = (tools: Tools): Workbench => {
  // A release counts on from the one before, so they are made one at a time.
  const releasing = new Mutex()
  return {
    list: () => listMappers(tools),
    describe: (name) => describeMapper(name, tools),
    find: (name, which) => find(name, which, tools),
    async preview(mapper, fields, language) {
      const situation = await situationOf(mapper, fields, tools)
      return preview({ ...situation, fields, language, check: (tree) => checkTree(tree, tools) })
    },
    async recordOf(ecoc) {
      const row = await tools.store.ecocs.record(ecoc)
      return row && (JSON.parse(row.fields) as RecordFields)
    },
    contract: (mapper, asked) => contract(mapper, asked, tools),
    propose: async (name, by, comment) => {
      await releasing.run(() => proposeMapper(name, by, comment, tools))
    },
    approve: async (name, by, seen) => (await releasing.run(() => approveMapper(name, by, seen, tools))).number,
    release: async (name, by, comment) => (await releasing.run(() => releaseMapper(name, by, comment, tools))).number,
    rollBack: async (name, to, by) => (await releasing.run(() => rollBackMapper(name, to, by, tools))).number,
  }
}
