import { readFileSync } from 'node:fs'
import type { Language, Texts } from '../ivi/coc/coc.ts'
import type { PrintBlock, PrintForm, PrintItem, PrintSection } from '../print/print-form.ts'
import type { AxleLoad, VariantOf } from './request.ts'

type Maybe = string | null
/** What a protocol is made of; the HTTP view of a sign-off is one. */
export interface ProtocolInput {
  readonly vin: string
  readonly documentSha256: string
  readonly shownSha256: Maybe
  readonly requestedAt: string
  readonly decision: 'approve' | 'refuse' | 'reweigh' | 'void' | null
  readonly decidedAt: Maybe
  readonly voided: { readonly reason: Maybe } | null
  readonly approvers: { readonly needed: number; readonly given: number }
  readonly variant: VariantOf
  readonly lines: readonly {
    readonly code: string
    readonly message: string
    readonly label: Maybe
    readonly unit: Maybe
    readonly base: Maybe
    readonly measured: Maybe
    readonly expected: Maybe
    readonly limit: Maybe
    readonly deviation: Maybe
    readonly tolerance: Maybe
    readonly article: Maybe
  }[]
  readonly axles: readonly AxleLoad[]
  readonly weighing: Readonly<Record<string, Maybe>> | null
  readonly contributors: readonly { readonly name: string; readonly what: string; readonly at: string }[]
  readonly decisions: readonly {
    readonly decision: 'approve' | 'refuse' | 'reweigh'
    readonly reason: Maybe
    readonly comment: string
    readonly by: string
    readonly onBehalfOf: Maybe
    readonly confirmedBy: 'password' | 'token'
    readonly at: string
  }[]
  readonly attachments: readonly { readonly name: string; readonly sha256: string; readonly addedBy: string }[]
}

const texts = JSON.parse(readFileSync(new URL('protocol-texts.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Texts>
>
const wordsIn =
  (language: Language) =>
  (key: string, values: Readonly<Record<string, string>> = {}): string =>
    (texts[key]?.[language] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
type Words = ReturnType<typeof wordsIn>

const cell = (text: string | null | undefined) => ({ text: text ?? '–', paths: [] })
const item = (number: string, title: string, text: string | null): PrintItem => {
  return { key: '', number, title, lines: text === null ? [] : [cell(text)], tables: [] }
}
const tableItem = (
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): PrintItem => {
  return { key: '', number: '', title, lines: [], tables: [{ head, rows: rows.map((row) => row.map(cell)) }] }
}
const items = (of: readonly PrintItem[]): PrintBlock => ({ kind: 'items', items: of })
const section = (heading: string, ...blocks: PrintBlock[]): PrintSection => ({ heading, blocks })

const findings = ({ lines }: ProtocolInput, w: Words): PrintSection => {
  const head = ['old', 'new', 'expected', 'deviation', 'tolerance', 'article'].map((key) => w(key))
  const one = (line: ProtocolInput['lines'][number], i: number): PrintItem => {
    const unit = line.unit === null ? '' : ` (${line.unit})`
    const row = [line.base, line.measured, line.expected ?? line.limit, line.deviation, line.tolerance, line.article]
    const table = { head, rows: [row.map(cell)] }
    const hasFigures = row.some((value) => value !== null)
    const title = `${line.label ?? line.code}${unit}`
    const text = cell(`${line.message} [${line.code}]`)
    return { key: '', number: String(i + 1), title, lines: [text], tables: hasFigures ? [table] : [] }
  }
  return section(w('findings'), items(lines.map(one)))
}

const weighingSection = ({ weighing }: ProtocolInput, w: Words): PrintSection[] => {
  const given = Object.entries(weighing ?? {}).filter(([, value]) => value !== null)
  if (given.length === 0) return []
  return [section(w('weighing'), items(given.map(([key, value]) => item('', w(key), value))))]
}

const decisionsSection = (input: ProtocolInput, w: Words, reasons: ReadonlyMap<string, string>): PrintSection => {
  const { decisions, approvers, voided } = input
  const head = [w('who'), w('decisions'), w('reason'), w('confirmed'), w('when')]
  const rows = decisions.map((d) => [
    d.onBehalfOf === null ? d.by : w('for', { name: d.by, other: d.onBehalfOf }),
    w(d.decision),
    [d.reason === null ? '' : (reasons.get(d.reason) ?? d.reason), d.comment].filter((t) => t !== '').join('. ') || '–',
    w(d.confirmedBy),
    d.at,
  ])
  const blocks: PrintBlock[] = [
    rows.length === 0 ? { kind: 'note', text: w('none') } : items([tableItem(w('decisions'), head, rows)]),
    { kind: 'note', text: w('needed', { given: String(approvers.given), needed: String(approvers.needed) }) },
  ]
  if (voided) blocks.push({ kind: 'note', text: w('voided', { reason: voided.reason ?? '' }) })
  return section(w('decisions'), ...blocks)
}

const people = ({ contributors }: ProtocolInput, w: Words): PrintSection =>
  section(
    w('people'),
    contributors.length === 0
      ? { kind: 'note', text: w('nobody') }
      : items(contributors.map((c) => item('', c.name, `${c.what}, ${c.at}`))),
  )

const axlesSection = ({ axles }: ProtocolInput, w: Words): PrintSection[] => {
  const head = ['axle', 'load', 'distribution', 'permissible', 'basePermissible'].map((key) => w(key))
  const rows = axles.map((a) => [a.axle, a.load, a.distribution, a.permissible, a.basePermissible])
  return axles.length === 0 ? [] : [section(w('axles'), items([tableItem(w('axles'), head, rows)]))]
}

/**
 * The protocol of a sign-off for the file: what was shown, who had entered it, who decided what, when and how that was
 * confirmed. Set by the renderers of the certificate.
 * @param reasons wording of the site's reasons by code
 */
export const makeProtocol = (
  input: ProtocolInput,
  language: Language,
  reasons: ReadonlyMap<string, string>,
  version: string,
): PrintForm => {
  const w = wordsIn(language)
  const { vin, variant, attachments, documentSha256, shownSha256, requestedAt } = input
  const attached = attachments.map((a) => [a.name, a.sha256, a.addedBy])
  const subject = { document: documentSha256, shown: shownSha256 ?? '–', at: requestedAt }
  return {
    ...{ language, title: w('title'), subtitle: w('subtitle'), model: w(input.decision ?? 'open') },
    ...{ vehicle: w('vin'), vin, declaration: w('subject', subject), mark: undefined },
    sections: [
      section(
        w('vehicle'),
        items([
          item('', w('variant'), [variant.type, variant.variant, variant.version].join(' / ')),
          item('', w('approval'), variant.approval),
        ]),
      ),
      findings(input, w),
      ...axlesSection(input, w),
      ...weighingSection(input, w),
      people(input, w),
      decisionsSection(input, w, reasons),
      ...(attached.length === 0
        ? []
        : [
            section(w('attachments'), items([tableItem(w('attachments'), [w('name'), w('hash'), w('who')], attached)])),
          ]),
    ],
    foot: `eCoC Gateway ${version} · ${documentSha256.slice(0, 16)}`,
    pageOf: w('pageOf'),
    words: { item: w('no'), designation: w('element'), value: w('new') },
    made: input.decidedAt ?? requestedAt,
  }
}
