import { type Finding, GatewayError, isValid, type IviReferenceId, type Vin } from '../../contract/index.ts'
import type { EarlierEcocRow } from '../../store/tables.ts'
import { event, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { replayWrites } from '../actions/replay.ts'
import type { Tools } from '../tools.ts'
import { continueVehicles } from './continue-vehicles.ts'
import { judgeReceipts } from './judge-receipt.ts'
import { modeOf } from './mode-of.ts'
import { earlierFinding, readEarlier } from './read-earlier.ts'
import type { ReceiptFinder } from './receipt-index.ts'

export interface EarlierFile {
  readonly file: string
  readonly bytes: Buffer
}
export interface EarlierInput {
  readonly documents: AsyncIterable<EarlierFile> | Iterable<EarlierFile>
  readonly receipts: ReceiptFinder
  /** The caller gives their word that every document here was accepted. */
  readonly accepted: boolean
}

/** What became of one file. */
export interface EarlierResult {
  readonly file: string
  readonly ok: boolean
  readonly vin: string | null
  readonly iviReferenceId: string | null
  readonly accepted: boolean
  /** The eCoC that it is here, once it is one. */
  readonly ecocId: string | null
  readonly findings: readonly Finding[]
}

/** Documents that are committed together. */
const batchSize = 100

interface Read {
  readonly file: string
  readonly vin: string | undefined
  readonly row: EarlierEcocRow | undefined
  readonly findings: Finding[]
}

const otherContent = (): Finding =>
  earlierFinding('EAR-002', 'error', 'Another document with this IviReferenceId was imported before. It was not kept.')

/** Reads one file, and lays what is known of the same document already under it. */
const readOne = async (
  { file, bytes }: EarlierFile,
  input: EarlierInput,
  flow: string,
  actor: string,
  tools: Tools,
): Promise<Read> => {
  const read = readEarlier(bytes, flow, tools)
  if (!read.row) return { file, vin: read.vin, row: undefined, findings: [...read.findings] }
  const { vin, ivi_reference_id: reference } = read.row
  const known = await tools.store.earlier.get(flow, reference)
  if (known && known.sha256 !== read.row.sha256) return { file, vin, row: undefined, findings: [otherContent()] }
  const before = known
    ? { ...known, fit: read.row.fit, verification: read.row.verification, profile: read.row.profile }
    : read.row
  const word = input.accepted ? actor : undefined
  const { row, findings } = judgeReceipts(before, await input.receipts(reference), word, tools)
  return { file, vin, row, findings: [...read.findings, ...findings] }
}

/** eCoCs of a parallel run that the new documents are to be compared with, whether they rest or are under way. */
const compareAnew = async (flow: string, vins: ReadonlySet<Vin>, actor: string, firstStage: string, tools: Tools) => {
  for (const vin of vins)
    for (let tries = 0; ; tries++) {
      const open = (await tools.store.ecocs.openOf(vin, 'parallel')).filter((e) => e.mapper === flow)
      const at = instant(tools.clock())
      try {
        if (open.length > 0) await tools.store.commit(open.flatMap((e) => replayWrites(e, actor, firstStage, at)))
        break
      } catch (error) {
        // One moved in between: it is looked at again.
        if (!(error instanceof GatewayError) || error.code !== 'STO-003' || tries >= 5) throw error
      }
    }
}

/**
 * Takes in what the process before this gateway made: documents with the answers they got. They are kept as they are, are
 * what a parallel run compares with, and become the heads that corrections continue: at once in a live flow, else at the
 * cutover. A file that cannot be used harms no other.
 */
export const importEarlier = async (
  flow: string,
  input: EarlierInput,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<EarlierResult[]> => {
  const results: EarlierResult[] = []
  const commit = async (batch: readonly Read[]): Promise<void> => {
    const rows = new Map<IviReferenceId, EarlierEcocRow>()
    for (const { row } of batch) if (row) rows.set(row.ivi_reference_id, row)
    const at = instant(tools.clock())
    const kept = [...rows.values()]
    const documents = kept.map((r) => ({ sha256: r.sha256, acceptedBy: r.accepted_by, fit: r.fit === 1 }))
    const told: Write[] =
      kept.length > 0 ? [event({ at, actor, type: 'earlier.imported', subject: flow, detail: { documents } })] : []
    // A cutover looks a last time under the same lock: no accepted document falls between the two.
    const continued = await tools.taking.run(async () => {
      const known = new Set<string>()
      for (const r of kept) if (await tools.store.earlier.get(flow, r.ivi_reference_id)) known.add(r.ivi_reference_id)
      await tools.store.commit([...kept.map((row) => tools.store.earlier.write(row)), ...told])
      const fresh = new Set(kept.filter((r) => !known.has(r.ivi_reference_id)).map((r) => r.vin))
      await compareAnew(flow, fresh, actor, firstStage, tools)
      if ((await modeOf(flow, tools)) !== 'live') return { problems: [] }
      const context = { flow, actor, firstStage, report: undefined }
      return continueVehicles([...new Set(kept.map((r) => r.vin))], context, tools)
    })
    for (const read of batch) {
      const now = read.row && (await tools.store.earlier.get(flow, read.row.ivi_reference_id))
      const problems = continued.problems.filter((p) => p.reference === now?.ivi_reference_id).map((p) => p.finding)
      const findings = [...read.findings, ...problems]
      results.push({
        file: read.file,
        ok: read.row !== undefined && isValid(findings),
        vin: read.vin ?? null,
        iviReferenceId: read.row?.ivi_reference_id ?? null,
        accepted: now?.accepted === 1,
        ecocId: now?.ecoc_id ?? null,
        findings,
      })
    }
  }
  let batch: Read[] = []
  for await (const document of input.documents) {
    const read = await readOne(document, input, flow, actor, tools)
    // The same document twice: the second is judged when the first is kept.
    if (
      batch.length >= batchSize ||
      batch.some((b) => b.row && b.row.ivi_reference_id === read.row?.ivi_reference_id)
    ) {
      await commit(batch)
      batch = []
    }
    batch.push(read)
  }
  await commit(batch)
  return results
}
