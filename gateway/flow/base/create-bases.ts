import { budgetOf, type BudgetLine } from '../../base/budget.ts'
import { acceptBase, retrieveBase } from '../../base/retrieve-base.ts'
import type { FilesSettings } from '../../config/parts/base.ts'
import type { ApprovalData, BaseEcoc, Finding, IviTree, Vin } from '../../contract/index.ts'
import type { AnnouncedVehicleRow } from '../../store/tables.ts'
import { event, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { refuse } from '../actions/refuse.ts'
import { baseOrigins } from '../base-origins.ts'
import { keepBase, type KeptBase } from '../keep-base.ts'
import type { Tools } from '../tools.ts'
import { baseReader, sheetBase } from './base-for.ts'
import { addVins, attachScan, decideSheet, enterSheet, type SheetDecision } from './data-sheets.ts'
import { announce, type Announcement } from './goods-in.ts'
import { retryHandovers } from './hand-over.ts'
import { isOwnOf } from './own-stages.ts'
import { sweepFiles } from './sweep-files.ts'

/** What became of a base eCoC that was brought or asked for. */
export interface TakenBase extends Partial<KeptBase> {
  readonly ok: boolean
  readonly vin: Vin | undefined
  readonly origin: string
  readonly sha256: string | undefined
  readonly findings: readonly Finding[]
  /** Places that could not be asked. */
  readonly failures: readonly string[]
}

const taken = (base: BaseEcoc, kept: KeptBase): TakenBase => ({
  ...{ ...kept, ok: true, vin: base.vin, origin: base.origin, sha256: base.sha256, findings: [], failures: [] },
})
const older: Finding = {
  ...{ code: 'BAS-006', layer: 'base', severity: 'warning', path: '/' },
  message: 'A newer version of this base eCoC is kept already; this one is not used.',
}

/** What people and other systems do with base eCoCs. */
export const createBases = (tools: Tools, firstStage: string) => {
  const { store } = tools
  const keep = async (
    result: Extract<Awaited<ReturnType<typeof acceptBase>>, { kind: 'found' }>,
    actor: string,
  ): Promise<TakenBase> => {
    const kept = await keepBase(result.base, result.verification, actor, firstStage, tools)
    const done = taken(result.base, kept)
    return kept.outcome === 'older' ? { ...done, ok: false, findings: [older] } : done
  }
  const unfit = (origin: string, findings: readonly Finding[], failures: readonly string[] = []): TakenBase => ({
    ...{ ok: false, vin: undefined, origin, sha256: undefined, findings, failures },
  })
  return {
    /** Takes a base eCoC that somebody brought. */
    async take(bytes: Buffer, origin: string, actor: string): Promise<TakenBase> {
      const result = await acceptBase(bytes, undefined, origin, tools.verifyAsking, baseReader(tools))
      return result.kind === 'found' ? keep(result, actor) : unfit(origin, 'findings' in result ? result.findings : [])
    },
    /** Asks every place for the base eCoC of a VIN, now. */
    async retrieve(vin: Vin, actor: string): Promise<TakenBase> {
      const failures: string[] = []
      const folders = tools.config.base.origins.filter((o): o is FilesSettings => o.kind === 'files')
      for (const folder of folders)
        await sweepFiles(folder, firstStage, tools).catch((error: unknown) => {
          failures.push(`${folder.name}: ${(error as Error).message}`)
        })
      const isOwn = await isOwnOf(vin, tools)
      const result = await retrieveBase(vin, baseOrigins(tools), tools.verifyAsking, baseReader(tools), (b) =>
        isOwn(b.tree),
      )
      if (result.kind === 'found') return keep(result, actor)
      const [kept] = await store.bases.ofVehicle(vin)
      if (kept && result.kind === 'missing')
        return {
          ...unfit(kept.origin, [], [...failures, ...result.failures]),
          ok: true,
          vin,
          sha256: kept.sha256,
          outcome: 'same',
        }
      if (result.kind === 'unfit') return unfit(result.origin, result.findings, failures)
      return unfit(result.asked.join(', '), [], [...failures, ...result.failures])
    },
    announce: (all: readonly Announcement[], actor: string): Promise<void> => announce(all, actor, tools),
    /** An announced vehicle that will not be built here. */
    async closeAnnouncement(vin: Vin, actor: string): Promise<void> {
      if (!(await store.bases.announced(vin)))
        throw refuse(404, 'BAS-050', `${vin} is not announced.`, 'Announce it first.')
      const at = instant(tools.clock())
      await store.commit([
        update('announced_vehicle', { vin }, { state: 'closed' }),
        event({ at, actor, type: 'base.announcement_closed', subject: vin, detail: {} }),
      ])
    },
    /** What is left of a vehicle: by its kept base, else by the data sheet; undefined where neither is here. */
    async budget(vin: Vin): Promise<{ origin: string; lines: readonly BudgetLine[] } | undefined> {
      const [kept] = await store.bases.ofVehicle(vin)
      const base: { origin: string; tree: IviTree } | undefined = kept
        ? { origin: kept.origin, tree: baseReader(tools)(kept.bytes).tree }
        : await sheetBase(vin, tools)
      if (!base) return undefined
      const announced = await store.bases.announced(vin)
      return { origin: base.origin, lines: budgetOf(base.tree, announced && (await completing(announced, tools))) }
    },
    /** Vehicles without base: announced ones, and those that are held for it; the longest waiting first. */
    async missing(limit: number): Promise<MissingBase[]> {
      const announced = (await store.bases.announcements('waiting', '', limit)).map(ofAnnounced)
      const held = (await store.ecocs.heldFor(['BAS-001', 'BAS-002', 'BAS-004'])).slice(0, limit)
      const seen = new Set<string>(announced.map((m) => m.vin))
      const rest = held
        .filter(({ vin }) => !seen.has(vin))
        .map(({ vin, created_at, reason, id }): MissingBase => ({
          vin,
          since: created_at,
          problem: reason,
          ecocId: id,
          note: null,
        }))
      const all = [...announced.map((m) => ({ ...m, ecocId: held.find((e) => e.vin === m.vin)?.id ?? null })), ...rest]
      const now = tools.clock().getTime()
      return all
        .map((m) => ({ ...m, ageDays: Math.floor((now - Date.parse(m.since)) / 86_400_000) }))
        .sort((a, b) => (a.since < b.since ? -1 : 1))
    },
    enterSheet: (data: ApprovalData, vins: readonly string[], actor: string) => enterSheet(data, vins, actor, tools),
    addVins: (id: string, vins: readonly string[], actor: string) => addVins(id, vins, actor, tools),
    attachScan: (id: string, name: string, bytes: Buffer, actor: string) => attachScan(id, name, bytes, actor, tools),
    decideSheet: (id: string, decision: SheetDecision, actor: string) =>
      decideSheet(id, decision, actor, firstStage, tools),
    retryHandovers: (actor: string, only?: { ecoc: string; target: string }) => retryHandovers(actor, tools, only),
  }
}
export type Bases = ReturnType<typeof createBases>

export interface MissingBase {
  readonly vin: Vin
  readonly since: string
  readonly ageDays?: number
  readonly problem: string | null
  readonly ecocId: string | null
  readonly note: string | null
}

const ofAnnounced = (row: AnnouncedVehicleRow): MissingBase => ({
  ...{ vin: row.vin, since: row.announced_at, problem: row.problem, ecocId: null, note: row.note },
})

/** The completing approval that is meant for an announced vehicle: the newest that holds. */
const completing = async (row: AnnouncedVehicleRow, { store }: Tools): Promise<ApprovalData | undefined> => {
  if (row.type === null || row.variant === null || row.version === null) return undefined
  return (await store.masterData.approvals(row.type, row.variant, row.version)).findLast(
    (a) => a.status !== 'withdrawn',
  )
}
