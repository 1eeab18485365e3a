import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../common/i18n.ts'
import { flattenFields } from '../common/text.ts'
import { baseOf, type Stage } from '../common/timeline.ts'
import '../components/gw-elements.ts'
import '../components/gw-findings.ts'
import '../components/gw-hash.ts'
import '../components/gw-time.ts'
import { icons } from '../components/icons.ts'
import { documentAddress, printAddress } from '../data/ecocs.ts'
import type { EcocTrace } from '../data/trace.ts'

type Cell = TemplateResult | string | number | null
type Content = TemplateResult | undefined

const hash = (value: string | null): Cell => (value === null ? '–' : html`<gw-hash .value=${value}></gw-hash>`)
const pairs = (rows: readonly (readonly [string, Cell])[]): TemplateResult =>
  html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value ?? '–'}</dd>
        </div>`,
    )}
  </dl>`
const table = (label: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): TemplateResult =>
  html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table>
      <thead>
        <tr>
          ${heads.map((h) => html`<th scope="col">${h}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell ?? '–'}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

const findings = (stage: Stage): TemplateResult | typeof nothing =>
  stage.findings.length === 0 ? nothing : html`<gw-findings .findings=${stage.findings}></gw-findings>`

const received = (trace: EcocTrace): Content => {
  const fields = flattenFields(trace.record?.fields ?? {})
  return html`${
      trace.files.length === 0
        ? nothing
        : pairs(
            trace.files.flatMap((f) => [
              [t('trace.file'), f.key] as const,
              [t('trace.sha256'), hash(f.sha256)] as const,
            ]),
          )
    }
    <h4>${t('trace.fields')}</h4>
    <dl class="fields">
      ${fields.map(
        (f) =>
          html`<div>
            <dt class="mono">${f.name}</dt>
            <dd class="mono">${f.value || '–'}</dd>
          </div>`,
      )}
    </dl>`
}

const mapping = (trace: EcocTrace): Content => {
  if (!trace.model) return undefined
  const facts = Object.entries(trace.model.facts)
  return html`<gw-elements .elements=${trace.model.elements}></gw-elements> ${
      facts.length === 0
        ? nothing
        : html`<h4>${t('trace.facts')}</h4>
            ${pairs(facts)}`
    }`
}

const signOffs = (trace: EcocTrace): Content => {
  if (trace.signOffs.length === 0) return undefined
  return html`${trace.signOffs.map((s) =>
    s.decision === null
      ? // What is to be decided on stands one stage above.
        pairs([
          [t('signoff.since'), html`<gw-time .at=${s.requestedAt}></gw-time>`],
          [t('signoff.document'), hash(s.documentSha256)],
        ])
      : html`${pairs([
            [t('signoff.decision'), t(`decision.${s.decision}`)],
            [t('signoff.by'), s.decidedBy],
            [t('signoff.when'), s.decidedAt === null ? '–' : html`<gw-time .at=${s.decidedAt}></gw-time>`],
            [t('signoff.document'), hash(s.documentSha256)],
            [t('signoff.comment'), s.comment],
          ])}<gw-findings .findings=${s.findings}></gw-findings>`,
  )}`
}

/** The certificate stands in the event of the signing. */
const certificateOf = (trace: EcocTrace): string | null => {
  for (const { detail } of trace.events) {
    const value = (detail as { certificate?: unknown } | null)?.certificate
    if (typeof value === 'string') return value
  }
  return null
}

const signature = (trace: EcocTrace): Content => {
  if (trace.signedSha256 === null) return undefined
  return html`${pairs([
      [t('trace.iviReferenceId'), hash(trace.iviReferenceId)],
      [t('trace.iviVersionDateTime'), trace.iviVersionDateTime],
      [t('trace.signatureDate'), trace.signatureDate],
      [t('trace.signedSha256'), hash(trace.signedSha256)],
      [t('trace.certificate'), hash(certificateOf(trace))],
    ])}
    <a class="button" href=${documentAddress(trace.id)} download="${trace.vin}.xml"
      >${icons.download}${t('trace.download')}</a
    >
    <a class="button" href=${printAddress(trace.id)} download="${trace.vin}.pdf"
      >${icons.download}${t('trace.print')}</a
    >`
}

const submission = (trace: EcocTrace): Content => {
  if (trace.attempts.length === 0) return undefined
  const heads = [
    'attempt.time',
    'attempt.operation',
    'attempt.state',
    'attempt.http',
    'attempt.message',
    'attempt.reason',
  ] as const
  return table(
    t('stage.submission'),
    heads.map((k) => t(k)),
    trace.attempts.map((a) => [
      html`<gw-time .at=${a.preparedAt} clock></gw-time>`,
      t(`operation.${a.operation}`),
      t(`attempt.${a.state}`),
      a.replyStatus,
      hash(a.messageId),
      a.reason,
    ]),
  )
}

const receipt = (trace: EcocTrace): Content => {
  if (trace.receipts.length === 0) return undefined
  const messages = trace.receipts.flatMap((r) => r.meaning?.messages ?? [])
  return html`${trace.receipts.map((r) =>
    pairs([
      [t('receipt.outcome'), r.meaning ? t(`receipt.${r.meaning.outcome as 'accepted'}`) : t('receipt.unread')],
      [t('receipt.reference'), r.meaning?.reference ?? null],
      [t('receipt.time'), html`<gw-time .at=${r.receivedAt}></gw-time>`],
    ]),
  )}${
    messages.length === 0
      ? nothing
      : html`<gw-findings
          .findings=${messages.map((m) => ({ ...m, message: m.text, path: m.path ?? '/', layer: 'receipt' }))}
        ></gw-findings>`
  }`
}

const writeBack = (trace: EcocTrace): Content => {
  if (trace.writeBacks.length === 0) return undefined
  return table(
    t('stage.writeback'),
    [t('writeback.name'), t('writeback.source'), t('writeback.state'), t('writeback.time'), t('writeback.problem')],
    trace.writeBacks.map((w) => [
      html`<span class="mono">${w.name}</span>`,
      w.source,
      t(`writeback.${w.state}`),
      w.doneAt === null ? null : html`<gw-time .at=${w.doneAt} clock></gw-time>`,
      w.problem,
    ]),
  )
}

const kept = (trace: EcocTrace, kind: string): Content => {
  const content = trace.contents.find((c) => c.kind === kind)
  return content && pairs([[t('trace.sha256'), hash(content.sha256)]])
}

const baseContent = (trace: EcocTrace): Content => {
  const base = baseOf(trace)
  return (
    base &&
    pairs([
      [t('trace.sha256'), hash(base.sha256)],
      [t('trace.origin'), base.origin ?? null],
    ])
  )
}

const own = (stage: Stage, trace: EcocTrace): Content => {
  switch (stage.name) {
    case 'received':
      return received(trace)
    case 'base':
      return baseContent(trace)
    case 'mapping':
      return mapping(trace)
    case 'document':
      return kept(trace, 'document')
    case 'signoff':
      return signOffs(trace)
    case 'signature':
      return signature(trace)
    case 'submission':
      return submission(trace)
    case 'receipt':
      return receipt(trace)
    case 'writeback':
      return writeBack(trace)
    case 'checks':
    case 'drift':
      return undefined
  }
}

/** What a stage kept, to be unfolded; undefined where it kept nothing. */
export const stageContent = (stage: Stage, trace: EcocTrace): Content => {
  const content = own(stage, trace)
  if (content === undefined && stage.findings.length === 0) return undefined
  return html`<div class="stage-content">${findings(stage)}${content}</div>`
}
