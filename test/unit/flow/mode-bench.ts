import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import {
  type AccessPoint,
  GatewayError,
  isResting,
  type IviReferenceId,
  type IviTree,
  type SpoolId,
  type VehicleModel,
  type Verification,
  type Vin,
} from '../../../gateway/contract/index.ts'
import { stampDocument } from '../../../gateway/document/make-document.ts'
import { makeEnrichment } from '../../../gateway/enrichment/make-enrichment.ts'
import { importApprovals } from '../../../gateway/flow/import-approvals.ts'
import { readFile } from '../../../gateway/flow/intake/read-file.ts'
import { createFlows, type Flows } from '../../../gateway/flow/modes/create-flows.ts'
import { ReleaseBook } from '../../../gateway/flow/release-book.ts'
import { Runner } from '../../../gateway/flow/runner.ts'
import type { ReadyAccessPoint, Tools } from '../../../gateway/flow/tools.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { pipeline } from '../../../gateway/pipeline.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleExport } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { closedCircuit } from '../../../gateway/submission/circuit-breaker.ts'
import { insert } from '../../../gateway/store/writes.ts'
import { newId } from '../../../gateway/support/new-id.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { at } from '../../contract/store-rows.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { flowBench, type FlowBench } from './flow-tools.ts'

const verified: Verification = {
  valid: true,
  level: 'XAdES-B',
  signer: 'CN=Example Bodies',
  trust: 'trusted',
  signedAt: undefined,
  certificateSha256: undefined,
  findings: [],
}

export const modeVin = (serial: number): Vin => `EXZMODES${String(serial).padStart(9, '0')}` as Vin

/** An access point that nobody calls here: it only has to be there, and reads no answer. */
const silent = (name: string, testOf?: string): ReadyAccessPoint => {
  const nothing = { reference: undefined, iviReferenceId: undefined, sha256: undefined, messages: [] }
  const delivery = () => ({ versionAfterRejection: 'next' })
  const connector = { delivery, parse: () => ({ ...nothing, outcome: 'unreadable' }) } as unknown as AccessPoint
  return {
    name,
    testOf,
    environment: 'sandbox',
    connector,
    config: {},
    tls: undefined,
    circuit: closedCircuit,
  } as unknown as ReadyAccessPoint
}

/** An export in which the data of a vehicle do not depend on who stands beside it. */
const exportOf = (vins: readonly Vin[]): string => {
  const files = vins.map((vin) => sampleExport([vin]).toString('latin1').trim().split('\r\n'))
  return `${[files[0]?.[0] ?? '', ...files.map((lines) => lines[1] ?? '')].join('\r\n')}\r\n`
}

export interface ModeBench extends FlowBench {
  readonly flows: Flows
  /** A file of these vehicles comes in and goes through the stages until all rest. */
  deliver(vins: readonly Vin[], change?: (csv: string) => string): Promise<void>
  /** Lets the stages work until nothing is due. */
  settle(): Promise<void>
  /** The open eCoCs of a vehicle, in one mode. */
  of(vin: Vin, mode: EcocRow['mode']): Promise<EcocRow[]>
  /** The document that the earlier process would have made of what we mapped; `change` plants a difference. */
  earlierOf(vin: Vin, change?: (tree: IviTree) => IviTree): Promise<Buffer>
}

/** The flow up to where it would sign, with the real mapper, checks and rules; signatures are taken for good. */
export const modeBench = async (t: { teardown(done: () => Promise<void>): void }): Promise<ModeBench> => {
  const bench = await flowBench(t)
  const { store } = bench
  const folder = await tempFolder(t)
  const [releases, rules] = await Promise.all([ReleaseBook.open(folder), createRules()])
  const mapper = sampleMapper('sage-x3')
  const tools: Tools = {
    ...bench.tools,
    clock: () => new Date(),
    mappers: new Map([['sage-x3', mapper]]),
    accessPoints: new Map([['nap', silent('nap')]]),
    routingTable: { environment: 'sandbox', accessPoints: [], rules: [], otherwise: 'nap' },
    releases,
    enrichment: makeEnrichment({ folder }),
    rules: (tree) => rules.check(tree),
    verify: () => verified,
    signers: {
      pick: () => {
        throw new GatewayError({ kind: 'operational', code: 'TST-001', message: 'nothing is signed here' })
      },
    } as unknown as Tools['signers'],
  }
  Object.assign(tools.config.site.settings, {
    signerName: 'Alex Example',
    signerPosition: 'Head',
    signerPlace: 'Example Town',
  })
  await importApprovals(sampleApprovals(), 'test', 'base', tools)
  const based = new Set<Vin>()
  const settle = async (): Promise<void> => {
    const runner = new Runner(pipeline, tools)
    await runner.start()
    for (;;) {
      const counts = await store.ecocs.countByState()
      // What is checked waits for the signer, which is as far as a live one comes here.
      const moving = Object.keys(counts).some((s) => s !== 'checked' && !isResting(s as EcocRow['state']))
      if (!moving) break
      await wait(20)
    }
    await runner.stop()
  }
  return {
    ...bench,
    tools,
    flows: createFlows(tools, 'base'),
    settle,
    async deliver(vins, change = (text) => text) {
      const bases = vins.filter((vin) => !based.has(vin))
      for (const vin of bases) based.add(vin)
      await store.commit(
        bases.map((vin) => {
          const bytes = writeDocument(sampleBaseTree(vin))
          const row = { vin, stage: 1, bytes, sha256: sha256(bytes), origin: 'test', verification: '{}', at: at(0) }
          return insert('base_ecoc', row)
        }),
      )
      const id = newId() as SpoolId
      const path = join(folder, id)
      await writeFile(path, Buffer.from(change(exportOf(vins)), 'latin1'))
      const spool = {
        id,
        source: 'drop',
        mapper: 'sage-x3',
        key: `${id}.csv`,
        item_version: '1',
        path,
        size: 1,
        sha256: sha256(id),
        state: 'taken',
        cursor: 0,
        rows: 0,
        refused: 0,
        problem: null,
        archive_name: '',
        at: at(0),
      } as const
      await store.commit([insert('spool', spool)])
      await readFile({ ...spool }, { codec: csv, layout: mapper.input, firstStage: 'base' }, tools)
      await settle()
    },
    of: (vin, mode) => store.ecocs.openOf(vin, mode),
    async earlierOf(vin, change = (tree) => tree) {
      const [ecoc] = await store.ecocs.openOf(vin, 'parallel')
      const model = ecoc && (await store.contents.get(ecoc.id, 'model'))
      if (!model) throw new Error(`${vin} was not mapped: ${ecoc?.reason ?? 'no eCoC'}`)
      const { tree } = JSON.parse(model.bytes.toString()) as VehicleModel
      const stamps = {
        iviReferenceId: randomUUID() as IviReferenceId,
        iviVersionDateTime: '2026-01-02T03:04:05.000Z',
        signatureDate: '2026-01-02',
      }
      return writeDocument(stampDocument(change(tree), stamps))
    },
  }
}
