import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { loadMappers } from '../../../gateway/config/load-mappers.ts'
import type { GatewayConfigInput } from '../../../gateway/config/schema.ts'
import type { Mapper } from '../../../gateway/mapping/mapper.ts'
import type { RecordKey, RecordFields, RecordId, Vin } from '../../../gateway/contract/index.ts'
import { makeEnrichment } from '../../../gateway/enrichment/make-enrichment.ts'
import { importApprovals } from '../../../gateway/flow/import-approvals.ts'
import { ReleaseBook } from '../../../gateway/flow/release-book.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleApprovals } from '../../../gateway/sandbox/samples/sample-files.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { insert, upsert } from '../../../gateway/store/writes.ts'
import { instant } from '../../../gateway/support/clock.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { newId } from '../../../gateway/support/new-id.ts'
import { createWorkbench, type Workbench } from '../../../gateway/workbench/create-workbench.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const samples = new URL('../../../gateway/sandbox/samples/', import.meta.url).pathname
const now = new Date('2026-11-20T12:00:00Z')

export interface WorkbenchBench {
  readonly tools: Tools
  readonly workbench: Workbench
  /** Where the sample mappers lie, to be changed. */
  readonly mapperFolder: string
  /** A record as it came in, with the base eCoC of its vehicle. */
  keep(mapper: string, vin: string, fields: RecordFields): Promise<void>
}

/** A store, the sample mappers in a folder of their own, master data, checks: what the workbench needs of a gateway. */
export const workbenchBench = async (
  t: { teardown(done: () => Promise<void>): void },
  settings: Pick<GatewayConfigInput, 'mappersRelease' | 'fourEyes'> = {},
): Promise<WorkbenchBench> => {
  const folder = await tempFolder(t)
  for (const part of ['mappers', 'approvals', 'vehicles'])
    await cp(join(samples, part), join(folder, part), { recursive: true })
  await mkdir(join(folder, 'data'))
  const store = new Store(await openSqlite(join(folder, 'data')))
  t.teardown(() => store.close())
  const [releases, rules] = await Promise.all([ReleaseBook.open(folder), createRules()])
  const mapperFolder = join(folder, 'mappers')
  const mappers = new Map<string, Mapper>(await loadMappers(mapperFolder, releases.releases))
  const { mappersRelease = 'file', fourEyes = false } = settings
  const site = { name: 'Example', timeZone: 'UTC', settings: { signerName: 'Alex Example' } }
  const tools = {
    store,
    clock: () => now,
    config: { site, mappersRelease, fourEyes, base: { retry: 1000 } },
    dataFolder: folder,
    configFolder: folder,
    mapperFolder,
    mappers,
    useMapper: (mapper: Mapper) => mappers.set(mapper.name, mapper),
    releases,
    enrichment: makeEnrichment({ folder }),
    rules: (tree: Parameters<typeof rules.check>[0]) => rules.check(tree),
  } as unknown as Tools
  await importApprovals(sampleApprovals(), 'test', 'base', tools)
  return {
    tools,
    workbench: createWorkbench(tools),
    mapperFolder,
    async keep(mapper, vin, fields) {
      const at = instant(now)
      const bytes = writeDocument(sampleBaseTree(vin))
      await store.commit([
        upsert('base_ecoc', {
          vin: vin as Vin,
          stage: 1,
          bytes,
          sha256: sha256(bytes),
          origin: 'test',
          verification: '{}',
          at,
        }),
        insert('record', {
          id: newId() as RecordId,
          source: 'test',
          mapper,
          record_key: `${vin}/2` as RecordKey,
          content_sha256: sha256(vin),
          vin: vin as Vin,
          fields: JSON.stringify(fields),
          at,
        }),
      ])
    },
  }
}

/** The record of the golden box body, for another vehicle or with other values. */
export const boxBody = (vin: string, change: Record<string, string> = {}): Record<string, string> => ({
  ...{ MFGNUM: 'B-00042', VIN: vin, TYPE: 'EXB5', VARIANT: 'BOX42', VERSION: 'V01', BODY: 'BB', BODYMASS: '0,6125' },
  ...{ MASS_RO: '2,8925', MASS_ACT: '2,9', MASS_AX1: '1,333', MASS_AX2: '1,567', WHEELBASE: '3,75', LENGTH: '6,7995' },
  ...{ WIDTH: '2,2004', HEIGHT: '3,05', MFGDATE: '06.07.2026', COP: 'J', DEST: 'FIN' },
  ...change,
})
