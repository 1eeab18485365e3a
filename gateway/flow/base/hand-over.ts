import { sendMail } from '../../base/mail-handover.ts'
import type { HandoverSettings } from '../../config/parts/base-handover.ts'
import { type EcocId, GatewayError } from '../../contract/index.ts'
import { valueAt } from '../../ivi/get-value.ts'
import { printDocument } from '../../print/print-document.ts'
import type { EcocRow, HandoverRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'
import { baseReader } from './base-for.ts'

const cursor = 'base.handover.seq'
const longestPauseMs = 3_600_000

const isMeant = (target: HandoverSettings, ecoc: EcocRow, completion: string): boolean =>
  (target.completion as readonly string[]).includes(completion) && (target.mappers?.includes(ecoc.mapper) ?? true)

/**
 * Notes for whom an accepted eCoC is: the maker of the next stage. It reads on in the audit chain from where it stood, so that no
 * acceptance is missed, whatever ended in between; it begins with what is accepted after hand-over was configured.
 */
export const noteAccepted = async (tools: Tools): Promise<void> => {
  const { store, config, clock } = tools
  if (config.base.handover.length === 0) return
  const stood = await store.settings.get(cursor)
  if (stood === undefined) {
    const head = await store.events.head()
    await store.commit([upsert('setting', { key: cursor, value: String(head?.seq ?? 0) })])
    return
  }
  const accepted = await store.bases.acceptedSince(Number(stood), 100)
  const last = accepted.at(-1)
  if (!last) return
  const writes: Write[] = [upsert('setting', { key: cursor, value: String(last.seq) })]
  const noted = new Set<string>()
  for (const { subject } of accepted) {
    const id = subject as EcocId
    const [ecoc, signed] = await Promise.all([store.ecocs.get(id), store.contents.get(id, 'signed')])
    if (!ecoc || !signed || ecoc.mode !== 'live') continue
    const completion = valueAt(baseReader(tools, ecoc.profile)(signed.bytes).tree, 'StageOfCompletion') ?? ''
    for (const target of config.base.handover.filter((one) => isMeant(one, ecoc, completion))) {
      const key = `${id} ${target.name}`
      if (noted.has(key) || (await store.bases.handover(id, target.name))) continue
      noted.add(key)
      const row = { ecoc_id: id, target: target.name, vin: ecoc.vin, sha256: signed.sha256 as HandoverRow['sha256'] }
      writes.push(
        insert('handover', {
          ...row,
          state: 'pending',
          due_at: instant(clock()),
          tries: 0,
          problem: null,
          done_at: null,
        }),
      )
    }
  }
  await store.commit(writes)
}

/** The XML comes last: who watches the folder takes it when the print is there already. */
const deliver = async (row: HandoverRow, target: HandoverSettings, tools: Tools): Promise<void> => {
  const { store, basePlaces, signal } = tools
  const [ecoc, signed] = await Promise.all([store.ecocs.get(row.ecoc_id), store.contents.get(row.ecoc_id, 'signed')])
  const gone = (message: string): GatewayError =>
    new GatewayError({ kind: 'rejection', code: 'BAS-042', message, hint: 'Look at the eCoC and at base.handover.' })
  if (!ecoc || !signed) throw gone('There is no signed document to hand over.')
  const catalogue = tools.releases.catalogueFor(signed.bytes)
  const print = await printDocument(signed.bytes, { language: 'en', format: 'pdf', duplicate: false }, catalogue)
  const name = `${ecoc.vin}.v${ecoc.version}`
  if (target.to.kind === 'mail') {
    const attachments = [
      { filename: `${name}.xml`, content: signed.bytes, contentType: 'application/xml' },
      ...(print.bytes ? [{ filename: `${name}.pdf`, content: print.bytes, contentType: 'application/pdf' }] : []),
    ]
    const text = `The electronic certificate of conformity of ${ecoc.vin}, version ${ecoc.version}, as it was accepted. Its XML is the certificate; the PDF is a print of it.\nSHA-256 of the XML: ${signed.sha256}\n`
    const mail = {
      vin: ecoc.vin,
      subject: `eCoC ${ecoc.vin}`,
      text,
      id: `${signed.sha256.slice(0, 32)}.${row.ecoc_id}`,
      attachments,
    }
    if (!basePlaces) throw gone('No place to hand over to is open.')
    await sendMail(target.to, mail, basePlaces.files, target.timeout)
    return
  }
  const connection = basePlaces?.handovers.get(target.name)
  if (!connection) throw gone(`${target.name} is no place to hand over to.`)
  await connection.call(signal, async (open, context) => {
    if (open.kind !== 'files') throw gone(`${target.name} takes no files.`)
    if (print.bytes) await open.writeBack(`${name}.pdf`, print.bytes, context)
    await open.writeBack(`${name}.xml`, signed.bytes, context)
  })
}

/** Refused for good: it is parked until a person looks. */
const isRefused = (error: unknown): boolean =>
  error instanceof GatewayError && (error.kind === 'rejection' || error.kind === 'config' || error.code === 'SRC-020')

const one = async (row: HandoverRow, tools: Tools): Promise<void> => {
  const { store, clock, config, log } = tools
  const target = config.base.handover.find(({ name }) => name === row.target)
  const where = { ecoc_id: row.ecoc_id, target: row.target, state: 'pending' } as const
  const tell = (type: string, detail: Readonly<Record<string, unknown>>): Write =>
    event({
      at: instant(clock()),
      actor: 'gateway',
      type,
      subject: row.ecoc_id,
      detail: { target: row.target, ...detail },
    })
  try {
    if (!target)
      throw new GatewayError({
        kind: 'config',
        code: 'BAS-043',
        message: `There is no hand-over ${row.target} any more.`,
      })
    await deliver(row, target, tools)
    const done = { state: 'done', done_at: instant(clock()), problem: null, tries: row.tries + 1 } as const
    await store.commit([update('handover', where, done, 1), tell('ecoc.handed_over', { sha256: row.sha256 })])
  } catch (error) {
    const problem = (error as Error).message.slice(0, 500)
    const tries = row.tries + 1
    const pause = Math.min(longestPauseMs, (target?.retry ?? 0) * 2 ** Math.min(row.tries, 10))
    const due_at = instant(new Date(clock().getTime() + pause))
    const failed = isRefused(error)
    if (failed || row.tries === 0)
      log.warn({ ecoc: row.ecoc_id, target: row.target, problem }, 'an eCoC could not be handed over')
    await store.commit([
      update('handover', where, { state: failed ? 'failed' : 'pending', due_at, tries, problem }, 1),
      ...(failed ? [tell('ecoc.handover_parked', { problem })] : []),
    ])
  }
}

/** Hands over what is due. What may have arrived is written again: the same names, the same message id. */
export const handOver = async (tools: Tools, isStopped: () => boolean): Promise<void> => {
  await noteAccepted(tools)
  for (const row of await tools.store.bases.handoversDue(instant(tools.clock()), 20)) {
    if (isStopped()) return
    await one(row, tools)
  }
}

/** Tries again what was parked. @returns how many */
export const retryHandovers = async (
  actor: string,
  tools: Tools,
  only?: { ecoc: string; target: string },
): Promise<number> => {
  const { store, clock } = tools
  const parked = (await store.bases.handovers('failed', 500)).filter(
    (row) => only === undefined || (row.ecoc_id === only.ecoc && row.target === only.target),
  )
  const at = instant(clock())
  await store.commit(
    parked.flatMap(({ ecoc_id, target }) => [
      update('handover', { ecoc_id, target, state: 'failed' }, { state: 'pending', due_at: at, tries: 0 }),
      event({ at, actor, type: 'ecoc.handover_retried', subject: ecoc_id, detail: { target } }),
    ]),
  )
  return parked.length
}
