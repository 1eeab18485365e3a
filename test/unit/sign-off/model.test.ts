// slow: hundreds of calls at a real gateway in this process
import fc from 'fast-check'
import { test } from 'tap'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { type InProcess, openInProcess, type Row } from '../../support/gateway-in-process.ts'

/** What a record may say; what of it needs how many approvals. */
const records: Readonly<Record<string, { row: Row; ro: number; needs: number; illegal?: boolean }>> = {
  fits: { row: {}, ro: 2880, needs: 0 },
  heavy: { row: { MASS_RO: '2,970', MASS_ACT: '2,970' }, ro: 2970, needs: 1 },
  longer: { row: { WHEELBASE: '3,900' }, ro: 2880, needs: 2 },
  unlawful: { row: { MASS_RO: '2,970', MASS_ACT: '4,900' }, ro: 2970, needs: 0, illegal: true },
}
/** What the scale may show; with a full tank and nobody in it, 75 kg less than in running order. */
const weighings = { agrees: 2805, off: 3100, overloaded: 9000 } as const
const people = ['ana', 'ben', 'cora'] as const
type Person = (typeof people)[number]

/** What must hold, told by what was done and not by what the gateway says. */
interface Model {
  record: { ro: number; needs: number; illegal?: boolean } | undefined
  pushedBy: Person | undefined
  weighed: { gross: number; by: Person } | undefined
  approvals: Set<Person>
  isOver: boolean
}
interface Real {
  readonly g: InProcess
  readonly vin: string
  readonly tokens: Readonly<Record<Person, Readonly<Record<'quality' | 'ingest', string>>>>
  readonly seen: { documentSha256: string; shownSha256: string }[]
  readonly tally: Record<string, number>
}
type Step = fc.AsyncCommand<Model, Real>

const needed = (m: Model): number => {
  const off = m.weighed && m.record ? Math.abs(m.weighed.gross + 75 - m.record.ro) / m.record.ro : 0
  return Math.max(m.record?.needs ?? 0, off > 0.03 ? 1 : 0)
}
const isUnlawful = (m: Model): boolean => m.record?.illegal === true || m.weighed?.gross === weighings.overloaded

/** Looks where the vehicle came to rest, and whether it may be there. */
const check = async (m: Model, r: Real): Promise<void> => {
  const ecoc: EcocRow = await r.g.settled(r.vin)
  r.tally[ecoc.state] = (r.tally[ecoc.state] ?? 0) + 1
  if (ecoc.state !== 'signed' && ecoc.signed_sha256 === null) return
  m.isOver = true
  const wrong = (why: string): never => {
    throw new Error(`${r.vin} was signed although ${why}`)
  }
  const all = await r.g.tools.store.signOffs.of(ecoc.id)
  if (all.some((s) => s.decision === null)) wrong('a sign-off is open')
  if (isUnlawful(m)) wrong('a legal limit is broken')
  if (m.approvals.size < needed(m)) wrong(`it needs ${needed(m)} approvals and has ${m.approvals.size}`)
  if (needed(m) > 0 && !all.some((s) => s.decision === 'approve' && s.document_sha256 === ecoc.document_sha256))
    wrong('no approval stands for its document')
  if (needed(m) > 0 && (m.approvals.has(m.pushedBy!) || (m.weighed && m.approvals.has(m.weighed.by))))
    wrong('somebody approved what he had entered')
}
const step = (name: string, run: (m: Model, r: Real) => Promise<void>): Step => ({
  check: (m) => !m.isOver,
  run: async (m, r) => {
    await run(m, r)
    await check(m, r)
  },
  toString: () => name,
})
const idOf = async ({ g, vin }: Real): Promise<string | undefined> =>
  (await g.tools.store.ecocs.list({ vin, limit: 1 }))[0]?.id

const push = (by: Person, kind: string): Step =>
  step(`${by} pushes ${kind}`, async (m, r) => {
    const record = records[kind]!
    const before = await idOf(r)
    const state = before && (await r.g.settled(r.vin)).state
    await r.g.push(r.tokens[by].ingest, r.vin, record.row)
    // The same record again says nothing new, unless the vehicle was cancelled.
    if (m.record === record && state !== 'cancelled') return
    Object.assign(m, { record, pushedBy: by, approvals: new Set() })
  })
const weigh = (by: Person, kind: keyof typeof weighings): Step =>
  step(`${by} weighs: ${kind}`, async (m, r) => {
    const gross = weighings[kind]
    const more = { fuelLevel: '90', calibratedUntil: '2099-12-31', weighedOn: '2026-07-06' }
    await r.g.call(r.tokens[by].quality, 'POST', '/weighings', { vin: r.vin, grossMass: String(gross), ...more })
    Object.assign(m, { weighed: { gross, by }, approvals: new Set() })
  })
const decide = (by: Person, decision: string, which: 'now' | 'earlier' | 'blind'): Step =>
  step(`${by}: ${decision} (${which})`, async (m, r) => {
    const id = await idOf(r)
    if (id === undefined) return
    const { body } = await r.g.call(r.tokens[by].quality, 'GET', `/ecocs/${id}/sign-off`)
    const now = { documentSha256: body.documentSha256, shownSha256: body.shownSha256 }
    const shown = which === 'earlier' ? (r.seen[0] ?? now) : now
    if (now.documentSha256) r.seen.push(now)
    const { shownSha256, ...document } = shown
    const hashes = which === 'blind' ? document : { ...document, shownSha256 }
    const { status } = await r.g.call(r.tokens[by].quality, 'POST', `/ecocs/${id}/sign-off`, { decision, ...hashes })
    r.tally[`${decision} ${status}`] = (r.tally[`${decision} ${status}`] ?? 0) + 1
    if (status !== 200) return
    if (decision === 'approve') m.approvals.add(by)
    else m.approvals.clear()
  })
const verb = (by: Person, name: 'replay' | 'correct' | 'retry' | 'cancel'): Step =>
  step(`${by}: ${name}`, async (m, r) => {
    const id = await idOf(r)
    if (id === undefined) return
    const { status } = await r.g.call(r.tokens[by].quality, 'POST', `/ecocs/${id}/${name}`)
    if (status === 200 && name !== 'retry') m.approvals.clear()
  })

const person = fc.constantFrom(...people)
const steps = [
  fc.tuple(person, fc.constantFrom(...Object.keys(records))).map(([by, kind]) => push(by, kind)),
  fc.tuple(person, fc.constantFrom('agrees', 'off', 'overloaded')).map(([by, kind]) => weigh(by, kind as 'off')),
  fc
    .tuple(
      person,
      fc.constantFrom('approve', 'approve', 'approve', 'refuse', 'reweigh'),
      fc.constantFrom('now', 'now', 'earlier', 'blind'),
    )
    .map(([by, decision, which]) => decide(by, decision, which as 'now')),
  fc
    .tuple(person, fc.constantFrom('approve', 'approve', 'reweigh'))
    .map(([by, decision]) => decide(by, decision, 'now')),
  fc
    .tuple(person, fc.constantFrom('replay', 'correct', 'retry', 'cancel'))
    .map(([by, name]) => verb(by, name as 'replay')),
]

test('no sequence of calls signs with an open or void sign-off, by who entered the data, or beyond a legal limit', async (t) => {
  const g = await openInProcess(t, { secondAbove: { percent: undefined, codes: ['DRF-WB-001'] } })
  const tokens = {} as Record<Person, Record<'quality' | 'ingest', string>>
  for (const name of people)
    tokens[name] = { quality: await g.token(name, 'quality'), ingest: await g.token(name, 'ingest') }
  const tally: Record<string, number> = {}
  const begin = fc.tuple(person, fc.constantFrom('heavy', 'heavy', 'longer', 'longer', ...Object.keys(records)))
  await fc.assert(
    fc.asyncProperty(begin, fc.commands(steps, { maxCommands: 10, size: 'max' }), async ([by, kind], commands) => {
      const vin = await g.vehicle()
      await fc.asyncModelRun(
        () => ({
          model: {
            record: undefined,
            pushedBy: undefined,
            weighed: undefined,
            approvals: new Set<Person>(),
            isOver: false,
          },
          real: { g, vin, tokens, seen: [], tally },
        }),
        [push(by, kind), ...commands],
      )
    }),
    { numRuns: Number(process.env['MODEL_RUNS'] ?? 20), endOnFailure: true },
  )
  // The property says nothing where nothing happens.
  t.ok((tally['signed'] ?? 0) > 0 && (tally['approve 200'] ?? 0) > 0, JSON.stringify(tally))
  t.comment(JSON.stringify(tally))
})
