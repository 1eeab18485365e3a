import { type EcocId, type EcocState, GatewayError } from '../../contract/index.ts'
import type { PickFilter } from '../../store/repositories/picks.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { newId } from '../../support/new-id.ts'
import { rejectionGroups } from '../rejections.ts'
import type { Tools } from '../tools.ts'
import { refuse } from './refuse.ts'

export const bulkVerbs = ['retry', 'replay', 'correct', 'cancel'] as const
export type BulkVerb = (typeof bulkVerbs)[number]

/** eCoCs at once. More are done in turns, each looked at before. */
export const mostAtOnce = 1000
/** Commits between which others get their turn. */
const chunk = 50

export interface BulkFilter extends PickFilter {
  /** Key of a group of rejections. */
  readonly rejection?: string | undefined
}
export interface BulkInput {
  readonly verb: BulkVerb
  /** Exactly one of the two. */
  readonly ids?: readonly EcocId[] | undefined
  readonly filter?: BulkFilter | undefined
  /** Why; stands in the audit, and at each eCoC that is cancelled. */
  readonly comment: string
}
/** What would become of one eCoC, or became. */
export interface BulkLine {
  readonly id: EcocId
  readonly vin: string
  readonly state: EcocState
  readonly version: number
  readonly accessPoint: string | null
  /** Why it is refused; null where it is done. */
  readonly code: string | null
  readonly why: string | null
}
export interface BulkResult {
  readonly verb: BulkVerb
  /** Names exactly what was shown: a confirmation of anything else is refused. */
  readonly hash: string
  readonly done: readonly BulkLine[]
  readonly refused: readonly BulkLine[]
  /** Rejections of the same cause that are left for the next turn: what is corrected is no longer among them. */
  readonly more: number
}

/** What each verb would write, or its refusal. Nothing is changed by asking. */
export type BulkMakers = Readonly<
  Record<BulkVerb, (ecoc: EcocRow, actor: string, comment: string) => Promise<readonly Write[]>>
>

interface Planned {
  readonly ecoc: EcocRow
  readonly line: BulkLine
}

const lineOf = (ecoc: EcocRow, code: string | null = null, why: string | null = null): BulkLine => ({
  id: ecoc.id,
  vin: ecoc.vin,
  state: ecoc.state,
  version: ecoc.version,
  accessPoint: ecoc.access_point,
  code,
  why,
})

const refusedLine = (ecoc: EcocRow, error: unknown): BulkLine => {
  if (!(error instanceof GatewayError)) throw error
  return lineOf(ecoc, error.code, error.message)
}

interface Meant {
  readonly rows: readonly EcocRow[]
  readonly more: number
}

const meant = async ({ ids, filter }: BulkInput, tools: Tools): Promise<Meant> => {
  if ((ids === undefined) === (filter === undefined) || ids?.length === 0)
    throw refuse(422, 'ACT-462', 'Name the eCoCs, or a filter, and not both.', 'Give `ids` or `filter`.')
  if (ids !== undefined)
    return { rows: await tools.store.picks.byIds([...new Set(ids)].slice(0, mostAtOnce + 1)), more: 0 }
  const { rejection, ...pick } = filter ?? {}
  if (rejection !== undefined) return ofCause(rejection, pick, tools)
  if (Object.values(pick).every((value) => value === undefined))
    throw refuse(422, 'ACT-462', 'The filter is empty.', 'Name at least a state, a code or an access point.')
  return { rows: await tools.store.picks.find(pick, mostAtOnce + 1), more: 0 }
}

/** One cause may stand for many thousands: they are done in turns, since each turn takes its own out of the group. */
const ofCause = async (rejection: string, pick: PickFilter, tools: Tools): Promise<Meant> => {
  const isPicked = (row: EcocRow): boolean =>
    (pick.accessPoint === undefined || row.access_point === pick.accessPoint) &&
    (pick.mapper === undefined || row.mapper === pick.mapper) &&
    (pick.mode === undefined || row.mode === pick.mode) &&
    (pick.profile === undefined || row.profile === pick.profile) &&
    (pick.code === undefined || row.reason_code === pick.code) &&
    (pick.state === undefined || row.state === pick.state)
  const group = (await rejectionGroups(tools.store)).find((g) => g.key === rejection)
  const rows = await tools.store.picks.byIds((group?.vehicles ?? []).map((v) => v.id as EcocId))
  const picked = rows.filter(isPicked)
  return { rows: picked.slice(0, mostAtOnce), more: Math.max(0, picked.length - mostAtOnce) }
}

const plan = async (
  input: BulkInput,
  actor: string,
  makers: BulkMakers,
  tools: Tools,
): Promise<{ planned: Planned[]; more: number }> => {
  const { rows, more } = await meant(input, tools)
  if (rows.length > mostAtOnce)
    throw refuse(
      422,
      'ACT-463',
      `More than ${mostAtOnce} eCoCs are meant.`,
      'Narrow the filter, or name them in turns.',
    )
  const planned: Planned[] = []
  for (const ecoc of rows)
    try {
      await makers[input.verb](ecoc, actor, input.comment)
      planned.push({ ecoc, line: lineOf(ecoc) })
    } catch (error) {
      planned.push({ ecoc, line: refusedLine(ecoc, error) })
    }
  return { planned, more }
}

/** Of what was shown: a vehicle that moved, came or went since makes another hash. */
const hashOf = ({ verb }: BulkInput, planned: readonly Planned[]): string =>
  sha256(JSON.stringify([verb, ...planned.map(({ ecoc, line }) => [line.id, line.state, ecoc.record_id, line.code])]))

const split = (lines: readonly BulkLine[]): Pick<BulkResult, 'done' | 'refused'> => ({
  done: lines.filter((l) => l.code === null),
  refused: lines.filter((l) => l.code !== null),
})

/** What would happen to which eCoCs, which would be refused and why. Changes nothing. */
export const previewBulk = async (
  input: BulkInput,
  actor: string,
  makers: BulkMakers,
  tools: Tools,
): Promise<BulkResult> => {
  const { planned, more } = await plan(input, actor, makers, tools)
  return { verb: input.verb, hash: hashOf(input, planned), ...split(planned.map((p) => p.line)), more }
}

/** Each eCoC stands or falls alone: one that moved in between is refused, the others are done. */
const act = async (
  some: readonly EcocRow[],
  { verb, comment }: BulkInput,
  actor: string,
  makers: BulkMakers,
  tools: Tools,
): Promise<BulkLine[]> => {
  const lists: (readonly Write[])[] = []
  const lines: BulkLine[] = []
  const at: number[] = []
  for (const ecoc of some)
    try {
      lists.push(await makers[verb](ecoc, actor, comment))
      at.push(lines.push(lineOf(ecoc)) - 1)
    } catch (error) {
      lines.push(refusedLine(ecoc, error))
    }
  for (const [i, error] of (await tools.store.commitEach(lists)).entries()) {
    const ecoc = some[at[i] ?? -1]
    if (error && ecoc) lines[at[i] ?? -1] = refusedLine(ecoc, error)
  }
  return lines
}

/**
 * Does what a preview showed. One event names the verb, the hash and every eCoC meant, before anything is changed; each
 * eCoC keeps its own events besides.
 * @throws GatewayError ACT-464 something else than what was shown
 */
export const confirmBulk = async (
  input: BulkInput & { readonly hash: string },
  actor: string,
  makers: BulkMakers,
  tools: Tools,
): Promise<BulkResult> => {
  const { planned, more } = await plan(input, actor, makers, tools)
  const hash = hashOf(input, planned)
  if (hash !== input.hash)
    throw refuse(409, 'ACT-464', 'The eCoCs moved since the preview was shown.', 'Look at the preview again.')
  const { done, refused } = split(planned.map((p) => p.line))
  const { verb, comment, filter } = input
  const list = done.map(({ id, vin }) => ({ id, vin }))
  const detail = { verb, hash, comment, ...(filter ? { filter } : {}), ecocs: list, refused: refused.length }
  const subject = `bulk-${newId()}`
  await tools.store.commit([event({ at: instant(tools.clock()), actor, type: 'bulk.confirmed', subject, detail })])
  const rows = planned.filter((p) => p.line.code === null).map((p) => p.ecoc)
  const lines: BulkLine[] = [...refused]
  for (let from = 0; from < rows.length; from += chunk)
    lines.push(...(await act(rows.slice(from, from + chunk), input, actor, makers, tools)))
  return { verb, hash, ...split(lines), more }
}
