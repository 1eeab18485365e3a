import { readYaml } from '../mapping/yaml-text.ts'
import { Collection, maxEntries, type ReadApprovals } from './collect.ts'
import { makeEntry } from './entry.ts'

const maxBytes = 16_000_000

const decode = (bytes: Uint8Array): string | undefined => {
  if (bytes.length > maxBytes) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
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
 * and, where it applies, `status`, `withdrawnOn`, `endOfSeriesUntil`, `smallSeries`, `eCoC` (docs/master-data.md).
 * One bad entry does not stop the good ones.
 * @returns the good entries, and a finding (MAP-2xx, path `file:line`) for each fault
 */
export const readApprovals = (bytes: Uint8Array, file: string): ReadApprovals => {
  const found = new Collection(file)
  const refuse = (line: number, message: string): ReadApprovals => {
    found.report('MAP-201', { at: line, line }, message)
    return found.result()
  }
  const text = decode(bytes)
  if (text === undefined) return refuse(1, `The file is not UTF-8 or larger than ${maxBytes} bytes.`)
  const yaml = readYaml(text)
  if ('problem' in yaml) return refuse(yaml.line, `This is no YAML or JSON the gateway reads: ${yaml.problem}`)
  const list = Array.isArray(yaml.value)
  const entries: readonly unknown[] = list ? (yaml.value as unknown[]) : [yaml.value]
  if (entries.length > maxEntries) return refuse(1, `The file has more than ${maxEntries} entries.`)
  for (const [i, entry] of entries.entries()) {
    const base = list ? [i] : []
    const place = (path: readonly (string | number)[]) => {
      const line = yaml.lineOf([...base, ...path])
      return { at: line, line }
    }
    const approval = makeEntry(entry, (code, path, message) => found.report(code, place(path), message))
    if (approval) found.add(approval, place([]))
  }
  return found.result()
}
