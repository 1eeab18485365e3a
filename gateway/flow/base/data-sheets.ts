import type { ApprovalData, Finding } from '../../contract/index.ts'
import { maxScanBytes, scanKindOf } from '../../base/scan-kind.ts'
import { lacksOf } from '../../base/sheet-document.ts'
import { placeOfVin, readVinRange, type VinRange } from '../../base/vin-series.ts'
import { stageOf } from '../../base/check-pairing.ts'
import type { BaseSheetRow, BaseSheetVinsRow } from '../../store/tables.ts'
import { event, insert, remove, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { newId } from '../../support/new-id.ts'
import { refuse } from '../actions/refuse.ts'
import { replayWrites } from '../actions/replay.ts'
import type { Tools } from '../tools.ts'

const mostRanges = 500

const noSheet = (id: string) => refuse(404, 'BAS-031', `There is no data sheet ${id.slice(0, 64)}.`, 'List them.')

/** @throws GatewayError BAS-031 */
export const findSheet = async (id: string, tools: Pick<Tools, 'store'>): Promise<BaseSheetRow> => {
  const row = await tools.store.bases.sheet(id)
  if (!row) throw noSheet(id)
  return row
}

/** @throws GatewayError BAS-032 what is no VIN and no range */
export const rangesOf = (texts: readonly string[]): VinRange[] => {
  if (texts.length > mostRanges)
    throw refuse(422, 'BAS-032', `At most ${mostRanges} VINs or ranges at once.`, 'Name ranges: FIRST-LAST.')
  return texts.map((text) => {
    const range = readVinRange(text)
    if (typeof range === 'string') throw refuse(422, 'BAS-032', range, 'Name VINs, or ranges as FIRST-LAST.')
    return range
  })
}

const vinsRow = (sheet: string, range: VinRange, actor: string, tools: Tools): BaseSheetVinsRow => ({
  ...{ id: newId(), sheet_id: sheet, series: range.series, first_serial: range.serial, last_serial: range.lastSerial },
  ...{
    first_vin: range.first,
    last_vin: range.last,
    added_by: actor,
    added_at: instant(tools.clock()),
    confirmed_by: null,
  },
})

export interface EnteredSheet {
  /** Undefined where the data lacks what a sheet must have. */
  readonly id: string | undefined
  readonly findings: readonly Finding[]
}

/**
 * Enters a data sheet: base CoC data of an approval, type, variant and version, with the vehicles it is for. It stands in for
 * nothing before somebody else confirmed it.
 * @throws GatewayError BAS-032 what is no VIN and no range
 */
export const enterSheet = async (
  data: ApprovalData,
  vins: readonly string[],
  actor: string,
  tools: Tools,
): Promise<EnteredSheet> => {
  const findings = lacksOf(data.values)
  if (findings.length > 0) return { id: undefined, findings }
  const ranges = rangesOf(vins)
  const id = newId()
  const at = instant(tools.clock())
  const { approval, type, variant, version } = data
  const text = JSON.stringify(data.values)
  const row: BaseSheetRow = {
    ...{ id, approval, type, variant, version, stage: stageOf(data.values), data: text, sha256: sha256(text) },
    ...{ state: 'entered', entered_by: actor, entered_at: at, decided_by: null, decided_at: null, comment: null },
  }
  const detail = {
    approval,
    type,
    variant,
    version,
    sha256: row.sha256,
    vins: ranges.map(({ first, last }) => `${first}-${last}`),
  }
  await tools.store.commit([
    insert('base_sheet', row),
    ...ranges.map((range) => insert('base_sheet_vins', vinsRow(id, range, actor, tools))),
    event({ at, actor, type: 'base.sheet_entered', subject: id, detail }),
  ])
  return { id, findings: [] }
}

/** Names further vehicles of a sheet; they wait for a confirmation of their own. */
export const addVins = async (id: string, vins: readonly string[], actor: string, tools: Tools): Promise<void> => {
  const sheet = await findSheet(id, tools)
  if (sheet.state === 'refused' || sheet.state === 'withdrawn')
    throw refuse(409, 'BAS-033', `The sheet is ${sheet.state}.`, 'Enter it anew.')
  const rows = rangesOf(vins).map((range) => vinsRow(id, range, actor, tools))
  const detail = { vins: rows.map((r) => `${r.first_vin}-${r.last_vin}`) }
  await tools.store.commit([
    ...rows.map((row) => insert('base_sheet_vins', row)),
    event({ at: instant(tools.clock()), actor, type: 'base.sheet_vins_added', subject: id, detail }),
  ])
}

/**
 * Attaches the paper that a sheet was typed from: before it is confirmed, since who confirms compares the two.
 * @throws GatewayError BAS-034 too large, or neither PDF, PNG nor JPEG; BAS-033 the sheet is decided already
 */
export const attachScan = async (
  id: string,
  name: string,
  bytes: Buffer,
  actor: string,
  tools: Tools,
): Promise<void> => {
  const sheet = await findSheet(id, tools)
  if (sheet.state !== 'entered') throw refuse(409, 'BAS-033', `The sheet is ${sheet.state}.`, 'Enter it anew.')
  const kind = scanKindOf(bytes)
  if (!kind || bytes.length > maxScanBytes)
    throw refuse(422, 'BAS-034', 'A scan is a PDF, PNG or JPEG of at most 20 MB.', 'Scan it anew.')
  const at = instant(tools.clock())
  const hash = sha256(bytes)
  await tools.store.commit([
    upsert('base_sheet_scan', { sheet_id: id, name, content_type: kind, bytes, sha256: hash, added_by: actor, at }),
    event({ at, actor, type: 'base.scan_attached', subject: id, detail: { name, contentType: kind, sha256: hash } }),
  ])
}

export interface SheetDecision {
  readonly decision: 'confirm' | 'refuse' | 'withdraw'
  readonly comment: string
  /** Of the data that was shown: a decision about another is refused. */
  readonly sha256: string
}

/** Whose hands were on it: none of them confirms it. */
const authors = async (
  sheet: BaseSheetRow,
  pending: readonly BaseSheetVinsRow[],
  tools: Tools,
): Promise<ReadonlySet<string>> => {
  const scan = await tools.store.bases.scan(sheet.id)
  return new Set([sheet.entered_by, ...pending.map((row) => row.added_by), ...(scan ? [scan.added_by] : [])])
}

/** Held vehicles that a confirmed sheet is for. */
const waitingFor = async (
  ranges: readonly BaseSheetVinsRow[],
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<Write[]> => {
  const held = await tools.store.ecocs.heldFor(['BAS-001'])
  const at = instant(tools.clock())
  return held
    .filter(({ vin }) => {
      const { series, serial } = placeOfVin(vin)
      return ranges.some((r) => r.series === series && r.first_serial <= serial && serial <= r.last_serial)
    })
    .flatMap((ecoc) => replayWrites(ecoc, actor, firstStage, at))
}

/**
 * Another person confirms a sheet with the vehicles named for it, or refuses it, or withdraws one that turned out wrong.
 * @throws GatewayError BAS-035 the same person, BAS-033 wrong state, BAS-036 something else was shown
 */
export const decideSheet = async (
  id: string,
  { decision, comment, sha256: shown }: SheetDecision,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<void> => {
  const sheet = await findSheet(id, tools)
  const ranges = await tools.store.bases.vinsOf(id)
  const pending = ranges.filter((row) => row.confirmed_by === null)
  const isOpen =
    sheet.state === 'entered' || (sheet.state === 'confirmed' && (decision === 'withdraw' || pending.length > 0))
  if (!isOpen) throw refuse(409, 'BAS-033', `The sheet is ${sheet.state}.`, 'Look at where it stands now.')
  if (sheet.sha256 !== shown)
    throw refuse(409, 'BAS-036', 'Another sheet was shown.', 'Look at it again and decide anew.')
  if (decision === 'confirm' && (await authors(sheet, pending, tools)).has(actor))
    throw refuse(409, 'BAS-035', 'Who entered a sheet does not confirm it.', 'Ask a colleague of quality.')
  const at = instant(tools.clock())
  const set = { decided_by: actor, decided_at: at, comment }
  const state = { confirm: 'confirmed', refuse: 'refused', withdraw: 'withdrawn' } as const
  // Refusing further vehicles leaves a confirmed sheet as it is for the others.
  const keeps = sheet.state === 'confirmed' && decision === 'refuse'
  await tools.store.commit([
    ...(keeps ? [] : [update('base_sheet', { id, state: sheet.state }, { ...set, state: state[decision] }, 1)]),
    ...(decision === 'confirm'
      ? pending.map((row) => update('base_sheet_vins', { id: row.id }, { confirmed_by: actor }))
      : []),
    ...(keeps ? pending.map((row) => remove('base_sheet_vins', { id: row.id })) : []),
    event({ at, actor, type: `base.sheet_${state[decision]}`, subject: id, detail: { comment, sha256: shown } }),
    ...(decision === 'confirm' ? await waitingFor(pending, actor, firstStage, tools) : []),
    ...(decision === 'withdraw' ? await onSheet(ranges, actor, firstStage, tools) : []),
  ])
}

/** What is not sent yet and stands on a withdrawn sheet begins anew, and waits. */
const onSheet = async (
  ranges: readonly BaseSheetVinsRow[],
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<Write[]> => {
  const at = instant(tools.clock())
  const open = (
    await Promise.all(
      (['held', 'awaiting_signoff'] as const).map((state) => tools.store.ecocs.list({ state, limit: 5000 })),
    )
  ).flat()
  const mine = open.filter(({ vin, signed_sha256 }) => {
    const { series, serial } = placeOfVin(vin)
    return (
      signed_sha256 === null &&
      ranges.some((r) => r.series === series && r.first_serial <= serial && serial <= r.last_serial)
    )
  })
  return mine.flatMap((ecoc) => [
    ...replayWrites(ecoc, actor, firstStage, at),
    update('sign_off', { ecoc_id: ecoc.id, decision: 'approve' }, { decision: 'void' }),
  ])
}
