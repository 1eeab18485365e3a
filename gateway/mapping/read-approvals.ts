import { z } from 'zod'
import type { Finding } from '../contract/finding.ts'
import type { ApprovalData } from '../contract/flow.ts'
import { makeDateReader } from './dates.ts'
import { normaliseValues } from './approval-values.ts'
import { readYaml, type YamlText } from './yaml-text.ts'

const isDay = makeDateReader('YYYY-MM-DD')
const entryFormat = z.strictObject({
  approval: z
    .string()
    .regex(
      /^[a-z]{1,2}\d{1,2}\*[^*]{1,20}\*[^*]{1,12}\*\d{2}$/,
      'a type-approval number such as e4*2018/858*00001*00 is expected',
    ),
  type: z.string().min(1).max(15),
  variant: z.string().min(1).max(25),
  version: z.string().min(1).max(35),
  validFrom: z.string().refine((v) => isDay(v) !== undefined, 'a day such as 2026-07-05 is expected'),
  values: z.record(z.string(), z.unknown()),
  facts: z.record(z.string(), z.string().min(1)).optional(),
})

const maxEntries = 5000
const maxBytes = 16_000_000

export interface ReadApprovals {
  readonly approvals: readonly ApprovalData[]
  readonly findings: readonly Finding[]
}

/**
 * Reads type-approval master data: a YAML or JSON document holding one entry or a list of entries.
 *
 *     approval: e4*2018/858*99002*00     number with extension
 *     type: EXB
 *     variant: BOX
 *     version: "01"
 *     validFrom: 2026-01-01              first day of manufacture it holds for
 *     values:                            IVI elements by name, in the document's shape below each name
 *       Width: 2200
 *       AxleTable: { AxleGroup: [ { AxleNumber: 1, LiftAxleIndicator: N } ] }
 *     facts:                             what is no IVI element, for checks
 *       wheelbaseMin: 3375
 *
 * Type, Variant, Version, TypeApprovalNumber and DesignatedTypeApprovalCountry follow from the entry itself; where `values`
 * gives them they must agree. One bad entry does not stop the good ones.
 * @returns the good entries, and a finding (MAP-2xx, path `file:line`) for each fault
 */
export const readApprovals = (bytes: Uint8Array, file: string): ReadApprovals => {
  const findings: Finding[] = []
  const report = (code: string, line: number, message: string): void =>
    void findings.push({
      code,
      layer: 'mapping',
      severity: 'error',
      path: `${file}:${line}`,
      message,
      params: { file, line },
    })
  const text = decode(bytes)
  if (text === undefined) report('MAP-201', 1, `The file is not UTF-8 or larger than ${maxBytes} bytes.`)
  const yaml = text === undefined ? undefined : readYaml(text)
  if (!yaml || 'problem' in yaml) {
    if (yaml) report('MAP-201', yaml.line, `This is no YAML or JSON the gateway reads: ${yaml.problem}`)
    return { approvals: [], findings }
  }
  const list = Array.isArray(yaml.value)
  const entries: readonly unknown[] = list ? (yaml.value as unknown[]) : [yaml.value]
  if (entries.length > maxEntries) {
    report('MAP-201', 1, `The file has more than ${maxEntries} entries.`)
    return { approvals: [], findings }
  }
  const approvals = entries.flatMap((entry, i) => readEntry(entry, list ? [i] : [], yaml, report) ?? [])
  return { approvals, findings }
}

const decode = (bytes: Uint8Array): string | undefined => {
  if (bytes.length > maxBytes) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const readEntry = (
  entry: unknown,
  path: readonly number[],
  yaml: YamlText,
  report: (code: string, line: number, message: string) => void,
): ApprovalData | undefined => {
  const parsed = entryFormat.safeParse(entry)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : []
      const at = [...path, ...issue.path.map((p) => (typeof p === 'number' ? p : String(p))), ...key]
      report('MAP-202', yaml.lineOf(at), `${at.join('.') || 'The entry'}: ${issue.message}`)
    }
    return undefined
  }
  const { values, facts = {}, ...identity } = parsed.data
  const verdict = { good: true }
  const tree = normaliseValues(values, (below, message) => {
    verdict.good = false
    report('MAP-203', yaml.lineOf([...path, 'values', ...below]), message)
  })
  const own: Readonly<Record<string, string>> = {
    Type: identity.type,
    Variant: identity.variant,
    Version: identity.version,
    TypeApprovalNumber: identity.approval,
  }
  const coc = { ...asGroup(tree['CocDataGroup']) }
  const header = { ...asGroup(tree['Header']) }
  const agree = (group: Record<string, unknown>, name: string, value: string): void => {
    if (group[name] !== undefined && group[name] !== value) {
      verdict.good = false
      report('MAP-204', yaml.lineOf([...path, 'values', name]), `${name} must be ${value}, as the entry itself says.`)
    }
    group[name] = value
  }
  for (const [name, value] of Object.entries(own)) agree(coc, name, value)
  agree(header, 'DesignatedTypeApprovalCountry', identity.approval.slice(0, identity.approval.indexOf('*')))
  return verdict.good ? { ...identity, values: { ...tree, Header: header, CocDataGroup: coc }, facts } : undefined
}

const asGroup = (node: unknown): Record<string, never> =>
  typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Record<string, never>) : {}
