import { type EcocId, type Finding, isAccepted } from '../../contract/index.ts'
import { compareDocuments, ofTheVersion } from '../../compare/compare-documents.ts'
import { valueAt } from '../../ivi/get-value.ts'
import type { EcocRow } from '../../store/tables.ts'
import type { Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { localDay } from '../../support/local-time.ts'
import { earlierSource } from '../modes/earlier-source.ts'
import type { PureStep, Rest, StepResult, Work } from '../step.ts'
import type { Tools } from '../tools.ts'
import { siblingWrites } from './routing-siblings.ts'
import { held, modelFor, routesOf, targetOf } from './routing-targets.ts'

/**
 * Fixes the eCoC's identity: document profile, access point and environment. A vehicle that needs further documents gets
 * an eCoC for each.
 */
export const routingStep: PureStep = {
  name: 'routing',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    const others = (await tools.store.ecocs.openOf(ecoc.vin, ecoc.mode)).filter((e) => e.id !== ecoc.id)
    made.others = others
    made.siblings = await tools.store.ecocs.siblings(ecoc.mapper, ecoc.record_key, ecoc.mode)
    const sent = new Set<EcocId>(ecoc.proposal_of ? [ecoc.proposal_of] : [])
    if (isFirst(ecoc)) for (const other of others) if (isDelivered(other)) sent.add(other.id)
    made.sent = new Map()
    for (const id of sent) {
      const document = await tools.store.contents.get(id, 'signed')
      if (document) made.sent.set(id, document.bytes)
    }
  },
  run(work, tools) {
    const { ecoc, made } = work
    if (!made.model) return {}
    const routes = routesOf(work, tools)
    const target = targetOf(work, routes, tools)
    if ('state' in target) return { rest: target }
    made.target = target
    made.model = modelFor(made.model, target)
    const { profile, environment } = target
    const patch = { profile, environment, access_point: target.accessPoint === '' ? null : target.accessPoint }
    const { original, rest } = rivalOf(work, profile)
    if (rest) return { patch, rest }
    if (original) return compareWithOriginal(work, { ...patch, proposal_of: original.id }, original, tools)
    if (ecoc.proposal_of) {
      const proposed = made.others?.find((e) => e.id === ecoc.proposal_of)
      return compareWithOriginal(work, patch, proposed, tools)
    }
    const { overEucaris, reasons } = target
    const remarks = routes.findings.map(({ code, message }) => ({ code, message }))
    return {
      patch,
      writes: [...onOtherApproval(work, tools), ...siblingWrites(work, routes.targets.slice(1), tools)],
      detail: {
        accessPoint: patch.access_point,
        reasons,
        ...(overEucaris ? { overEucaris } : {}),
        ...(remarks.length > 0 ? { remarks } : {}),
      },
    }
  },
}

/** The model that was kept at mapping speaks of the record's approval: the document is signed from what is kept. */
const onOtherApproval = ({ ecoc, made }: Work, tools: Tools): Write[] =>
  made.target?.approval && made.model
    ? [tools.store.contents.write(ecoc.id, 'model', Buffer.from(JSON.stringify(made.model)), instant(tools.clock()))]
    : []

/** Neither a proposal nor a confirmed correction: then no other may have delivered this vehicle before. */
const isFirst = (ecoc: EcocRow): boolean => ecoc.proposal_of === null && ecoc.replaces === null
const isDelivered = (ecoc: EcocRow): boolean =>
  ecoc.proposal_of === null && (isAccepted(ecoc.state) || ecoc.state === 'reopened')

/**
 * What another record, or the process before this gateway, delivered of the same vehicle, stage and profile: then this
 * one is a proposed correction of it, never a second version 1. The maker is not looked at, since the earlier process may
 * have written its name otherwise. What is on its way there already keeps this one from going (architecture, rule 5).
 */
const rivalOf = ({ ecoc, made }: Work, profile: string): { readonly original?: EcocRow; readonly rest?: Rest } => {
  if (!isFirst(ecoc)) return {}
  const same = (made.others ?? []).filter((e) => e.stage === made.model?.stage && e.profile === profile)
  const delivered = same.filter(isDelivered).toSorted((a, b) => b.version - a.version)[0]
  const taken = same.find((e) =>
    delivered ? e.proposal_of === delivered.id || e.replaces === delivered.id : e.signed_sha256 !== null,
  )
  if (!taken) return delivered ? { original: delivered } : {}
  const reason = `Another record already makes the eCoC of this VIN and stage: ${taken.record_key}.`
  return { rest: held('FLO-004', reason) }
}

/** A changed record of a vehicle that was sent already is never sent by itself: a person decides on the differences. */
const compareWithOriginal = (
  { ecoc, made }: Work,
  patch: Partial<EcocRow>,
  original: EcocRow | undefined,
  tools: Tools,
): StepResult => {
  const id = original?.id ?? ecoc.proposal_of
  const sent = id && made.sent?.get(id)
  const today = localDay(tools.clock(), tools.config.site.timeZone)
  const before = sent ? tools.releases.read(sent, patch.profile, today).tree : {}
  const now = made.model?.tree ?? {}
  const release = (tree: typeof now): string | undefined => valueAt(tree, 'IviVersionNumberXsd')
  // Seen as a correction only now: it is made again in the release of what it corrects, as every correction is.
  if (!ecoc.proposal_of && sent && release(before) !== release(now))
    return { patch: { ...patch, state: 'received' }, againMs: 0 }
  const catalogue = tools.releases.catalogueOf(now, patch.profile)
  const changed = compareDocuments(now, before, { ignore: ofTheVersion, catalogue })
  const findings = changed.map(({ path, element, theirs: was = '', ours: is = '' }): Finding => {
    const message = `${element} was "${was}", is "${is}".`
    return { code: 'FLO-010', layer: 'mapping', severity: 'info', path, message, params: { was, is } }
  })
  const isEarlier = original?.source === earlierSource
  if (findings.length === 0) {
    const same = 'The changed record makes the same eCoC. Nothing is to be sent.'
    const delivered = 'The earlier process delivered this eCoC already. Nothing is to be sent.'
    const rest: Rest = isEarlier
      ? { state: 'cancelled', code: 'FLO-012', reason: delivered }
      : { state: 'cancelled', code: 'FLO-009', reason: same }
    return { patch, rest }
  }
  const what = isEarlier
    ? 'The earlier process delivered this vehicle with other data'
    : 'The record changed after its eCoC was sent'
  const reason = `${what}: ${findings.length} element(s) differ from ${id ?? ''}.`
  return { patch, rest: held('FLO-005', reason), findings: [{ layer: 'mapping', findings }] }
}
