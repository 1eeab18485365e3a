import type { EcocId, Finding, RecordId, RecordKey, Vin } from '../../contract/index.ts'
import type { EarlierEcocRow, EcocRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { replayWrites } from '../actions/replay.ts'
import { voidSignOff } from '../sign-off/void-sign-off.ts'
import { supersededWrites } from '../supersede.ts'
import type { Tools } from '../tools.ts'
import { earlierSource } from './earlier-source.ts'
import { earlierFinding } from './read-earlier.ts'

export interface HeadContext {
  readonly flow: string
  readonly actor: string
  readonly firstStage: string
  /** Hash of the match-rate report that goes with a cutover. */
  readonly report: string | undefined
}

/** What is committed for a vehicle, or why its documents are no heads. */
export interface Continued {
  readonly writes: readonly Write[]
  readonly heads: readonly { readonly reference: string; readonly id: EcocId }[]
  readonly problems: readonly { readonly reference: string; readonly finding: Finding }[]
}

type Chain = readonly EarlierEcocRow[]

const chainsOf = (rows: readonly EarlierEcocRow[]): Chain[] => {
  const chains = new Map<string, EarlierEcocRow[]>()
  for (const row of rows) {
    const key = `${row.stage} ${row.profile ?? ''}`
    chains.set(key, [...(chains.get(key) ?? []), row])
  }
  return [...chains.values()]
}

/** An eCoC as the earlier process delivered it: its exact bytes, its answer, its version. */
const ecocWrites = (row: EarlierEcocRow, id: EcocId, isHead: boolean, context: HeadContext, tools: Tools): Write[] => {
  const at = instant(tools.clock())
  const key = `${row.vin}/${row.stage} of the earlier process` as RecordKey
  const record_id = newId() as RecordId
  const fields = JSON.stringify({ iviReferenceId: row.ivi_reference_id, acceptedBy: row.accepted_by ?? '' })
  const common = { source: earlierSource, mapper: context.flow, record_key: key, vin: row.vin }
  const ecoc: EcocRow = {
    ...common,
    id,
    record_id,
    mode: 'live',
    mapper_version: null,
    manufacturer: row.manufacturer,
    stage: row.stage,
    profile: row.profile,
    access_point: null,
    named_access_point: null,
    environment: tools.routingTable.environment,
    version: row.version,
    state: isHead ? 'accepted' : 'superseded',
    reason_code: null,
    reason: null,
    next_step: null,
    document_sha256: null,
    signed_sha256: row.sha256,
    ivi_reference_id: row.ivi_reference_id,
    ivi_version_date_time: row.ivi_version_date_time,
    signature_date: row.signature_date,
    receipt_reference: row.receipt_reference,
    proposal_of: null,
    replaces: null,
    write_back: 'none',
    created_at: at,
    updated_at: at,
  }
  const detail = {
    flow: context.flow,
    version: row.version,
    iviReferenceId: row.ivi_reference_id,
    sha256: row.sha256,
    receiptSha256: row.receipt_sha256,
    acceptedBy: row.accepted_by,
    ...(context.report === undefined ? {} : { report: context.report }),
  }
  return [
    insert('record', { ...common, id: record_id, content_sha256: row.sha256, fields, at }),
    insert('ecoc', ecoc),
    tools.store.contents.write(id, 'signed', row.bytes, at),
    ...(row.receipt ? [tools.store.contents.write(id, 'earlier_receipt', row.receipt, at)] : []),
    update(
      'earlier_ecoc',
      { flow: row.flow, ivi_reference_id: row.ivi_reference_id, ecoc_id: null },
      { ecoc_id: id },
      1,
    ),
    event({ at, actor: context.actor, type: 'ecoc.taken_over', subject: id, detail }),
  ]
}

/** What was made here of a record before its earlier document was known, and not sent: it becomes a proposal beside it. */
const proposalWrites = (ecoc: EcocRow, head: EcocId, { actor, firstStage }: HeadContext, tools: Tools): Write[] => {
  const at = instant(tools.clock())
  const set = {
    state: 'received',
    proposal_of: head,
    reason: null,
    reason_code: null,
    next_step: null,
    updated_at: at,
  } as const
  return [
    update('ecoc', { id: ecoc.id, state: ecoc.state, record_id: ecoc.record_id }, set, 1),
    ...voidSignOff(ecoc, { actor, reason: 'the earlier process had delivered it', at }),
    upsert('job', { ecoc_id: ecoc.id, stage: firstStage, next_run_at: at, owner: null, lease_until: null, tries: 0 }),
    event({ at, actor, type: 'ecoc.correction_proposed', subject: ecoc.id, detail: { proposalOf: head } }),
  ]
}

const taken = (version: number): Finding => {
  const message = `An eCoC of this vehicle, stage and version ${version} is here already: this document is no head.`
  return earlierFinding('EAR-006', 'error', message)
}

const chainWrites = async (
  chain: Chain,
  here: readonly EcocRow[],
  context: HeadContext,
  tools: Tools,
): Promise<Continued> => {
  const [newest] = chain
  const open = chain.filter((row) => row.ecoc_id === null)
  const ways = here.filter((e) => e.proposal_of === null)
  const sent = ways.filter((e) => e.signed_sha256 !== null)
  const highest = Math.max(0, ...sent.map((e) => e.version))
  // Ours, or an earlier head with a later version: then these are only its past.
  const replaced = sent.length === 1 && sent[0]?.source === earlierSource ? sent[0] : undefined
  const isHead = newest !== undefined && newest.ecoc_id === null && newest.version > highest && (!sent[0] || replaced)
  const writes: Write[] = []
  const heads: { reference: string; id: EcocId }[] = []
  const problems: { reference: string; finding: Finding }[] = []
  for (const row of open) {
    const id = newId() as EcocId
    const first = row === newest && isHead
    if (!first && row.version >= (isHead ? newest.version : highest)) {
      problems.push({ reference: row.ivi_reference_id, finding: taken(row.version) })
      continue
    }
    if (first) {
      const unsent = here.filter(
        (e) => e.signed_sha256 === null && (e.proposal_of === null || e.proposal_of === replaced?.id),
      )
      writes.push(...unsent.flatMap((e) => proposalWrites(e, id, context, tools)))
      if (replaced) writes.push(...(await supersededWrites(replaced, id, context.actor, tools)))
      heads.push({ reference: row.ivi_reference_id, id })
    }
    writes.push(...ecocWrites(row, id, Boolean(first), context, tools))
  }
  return { writes, heads, problems }
}

/**
 * Makes the accepted documents of a vehicle eCoCs of ours: the highest version is the head that corrections continue,
 * the lower ones are its past. Nothing is made where this gateway has sent that vehicle itself.
 */
export const headWrites = async (vin: Vin, context: HeadContext, tools: Tools): Promise<Continued> => {
  const rows = (await tools.store.earlier.of(context.flow, vin)).filter((row) => row.accepted === 1 && row.fit === 1)
  const here = await tools.store.ecocs.openOf(vin, 'live')
  const unknown = rows.filter((row) => row.profile === null && row.ecoc_id === null)
  const message = 'Its approval number names no state that grants approvals: it is no head.'
  const problems = unknown.map((row) => ({
    reference: row.ivi_reference_id,
    finding: earlierFinding('EAR-007', 'error', message),
  }))
  const parts = await Promise.all(
    chainsOf(rows.filter((row) => row.profile !== null)).map((chain) => {
      const [first] = chain
      const same = here.filter((e) => e.stage === first?.stage && e.profile === first.profile)
      return chainWrites(chain, same, context, tools)
    }),
  )
  const heads = parts.flatMap((p) => p.heads)
  // Not mapped yet, so of an unknown stage: begun anew, they meet the head in routing, whatever they had read before.
  const begun = heads.length === 0 ? [] : here.filter((e) => e.stage === null && e.signed_sha256 === null)
  const at = instant(tools.clock())
  return {
    writes: [
      ...parts.flatMap((p) => p.writes),
      ...begun.flatMap((e) => replayWrites(e, context.actor, context.firstStage, at)),
    ],
    heads,
    problems: [...problems, ...parts.flatMap((p) => p.problems)],
  }
}
