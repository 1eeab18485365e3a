import { isValid } from '../contract/finding.ts'
import type { Finding } from '../contract/finding.ts'
import type { Sha256 } from '../contract/ids.ts'
import type { Store } from '../store/store.ts'
import { event, insert, remove } from '../store/writes.ts'
import type { Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import type { Clock } from '../support/clock.ts'
import { currentLists, judgeLists } from '../trust/lists/judge-lists.ts'
import { readListFacts } from '../trust/lists/list-facts.ts'
import type { ListFacts } from '../trust/lists/list-facts.ts'
import { shippedSigners } from '../trust/lists/lotl-signers.ts'
import type { LotlSigner } from '../trust/lists/lotl-signers.ts'
import { listFindings, listView } from './list-view.ts'
import type { ListView } from './list-view.ts'
import { planLists } from './plan-lists.ts'
import type { ListPlan } from './plan-lists.ts'

export interface ListTools {
  readonly store: Store
  readonly clock: Clock
}

export interface ListFile {
  readonly file: string
  readonly bytes: Buffer
}

/** One result per file. `list` is undefined where the file is no trusted list. */
export interface ImportedList {
  readonly file: string
  readonly ok: boolean
  readonly list: ListView | undefined
  readonly findings: readonly Finding[]
}

const namedSigners = async (store: Pick<Store, 'trustLists'>): Promise<readonly LotlSigner[]> =>
  (await store.trustLists.signers()).map(({ sha256, named_by: by }) => ({ sha256, source: `named by ${by}` }))

/** Who may sign a list of lists: those that people named, else those that come with the product. */
export const pinnedSigners = async (store: Pick<Store, 'trustLists'>): Promise<readonly LotlSigner[]> => {
  const named = await namedSigners(store)
  return named.length > 0 ? named : shippedSigners()
}

/** Writes that put these signers in the place of those named before; an empty list goes back to the shipped ones. */
const signerWrites = async (signers: readonly Sha256[], actor: string, tools: ListTools): Promise<Write[]> => {
  const at = instant(tools.clock())
  const before = (await tools.store.trustLists.signers()).map(({ sha256 }) => sha256)
  const wanted = [...new Set(signers)].sort()
  if (before.join() === wanted.join()) return []
  return [
    ...before.map((sha256) => remove('lotl_signer', { sha256 })),
    ...wanted.map((sha256) => insert('lotl_signer', { sha256, named_by: actor, at })),
    event({ at, actor, type: 'trust.lotl-signers', subject: 'trust', detail: { signers: wanted, replaces: before } }),
  ]
}

const older = ({ territory, sequence }: ListView): Finding => {
  const message = `A newer trusted list of ${territory} is here already; sequence ${sequence} is not taken.`
  return { code: 'TSL-014', layer: 'trust', severity: 'error', path: '/', message }
}

const resultOf = (file: string, facts: ListFacts, plan: ListPlan, now: Date): ImportedList => {
  const judged = plan.judged.find((one) => one.facts.sha256 === facts.sha256)
  if (!judged) return { file, ok: false, list: undefined, findings: [] }
  const list = listView(judged, now)
  const findings = [...listFindings(list), ...(plan.older.has(facts.sha256) ? [older(list)] : [])]
  return { file, ok: isValid(findings), list, findings }
}

const eventOf = (facts: ListFacts, plan: ListPlan, type: string, actor: string, tools: ListTools): Write => {
  const { territory, sequence, issued, sha256 } = facts
  const signature = plan.judged.find((one) => one.facts.sha256 === sha256)?.signature ?? null
  const detail = { sequence, issued, sha256, signature }
  return event({ at: instant(tools.clock()), actor, type, subject: `trusted list ${territory}`, detail })
}

/**
 * Takes trusted lists in, in one transaction with their events; all files are judged together, in whatever order they come.
 * `signers`: who may sign the list of lists from now on, in place of all others; an empty list means the shipped ones again.
 */
export const importLists = async (
  files: readonly ListFile[],
  actor: string,
  tools: ListTools,
  signers?: readonly Sha256[],
): Promise<readonly ImportedList[]> => {
  const { store } = tools
  const now = tools.clock()
  const read = files.map(({ file, bytes }) => ({ file, bytes, facts: readListFacts(bytes) }))
  const fresh = read.flatMap(({ bytes, facts }) => ('sequence' in facts ? [{ bytes, facts }] : []))
  const changes = signers ? await signerWrites(signers, actor, tools) : []
  const named = signers?.map((sha256) => ({ sha256, source: `named by ${actor}` }))
  const pinned = named ? (named.length > 0 ? named : shippedSigners()) : await pinnedSigners(store)
  const incoming = fresh.map(({ facts }) => facts)
  const plan = planLists(await store.trustLists.facts(), incoming, pinned)
  const bytesOf = new Map(fresh.map(({ bytes, facts }) => [facts.sha256, bytes]))
  const kept = plan.keep.flatMap((facts) => {
    const bytes = bytesOf.get(facts.sha256)
    return bytes
      ? [store.trustLists.write(facts, bytes, instant(now)), eventOf(facts, plan, 'trust.list-imported', actor, tools)]
      : []
  })
  const dropped = plan.drop.flatMap((facts) => [
    remove('trusted_list', { sha256: facts.sha256 }),
    eventOf(facts, plan, 'trust.list-replaced', actor, tools),
  ])
  const writes = [...changes, ...kept, ...dropped]
  if (writes.length > 0) await store.commit(writes)
  return read.map(({ file, facts }) =>
    'sequence' in facts ? resultOf(file, facts, plan, now) : { file, ok: false, list: undefined, findings: facts },
  )
}

/** The list that counts of every territory, the list of lists first. */
export const listStatus = async ({ store, clock }: ListTools): Promise<ListView[]> => {
  const judged = judgeLists(await store.trustLists.facts(), await pinnedSigners(store))
  return currentLists(judged).map((one) => listView(one, clock()))
}
