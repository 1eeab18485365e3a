// A process of its own, so that its memory peak (VmHWM) is that of reading and mapping and of nothing else.
import { createReadStream, readFileSync } from 'node:fs'
import csv from '../../connectors/codecs/csv/codec.ts'
import { approvalKeyOf, pickApproval } from '../../gateway/approvals/pick-approval.ts'
import type { IviTree } from '../../gateway/contract/index.ts'
import { checkRow, isRefused } from '../../gateway/inbox/check-row.ts'
import { mapRecord } from '../../gateway/mapping/map-record.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals, sampleMapper } from '../../gateway/sandbox/samples/sample-files.ts'

/** What a child says at its end, as one line of JSON. */
export interface MapChildFigures {
  readonly rows: number
  readonly wallMs: number
  readonly peakRssMb: number
}

const [file = '', wanted = '0'] = process.argv.slice(2)
const mapper = sampleMapper('sage-x3')
const approvals = sampleApprovals()
const base = sampleBaseTree(sampleVin(1))
const coc = base['CocDataGroup'] as IviTree
let rows = 0
const begun = performance.now()
for await (const row of csv.decode(createReadStream(file), mapper.input)) {
  const record = checkRow(row, mapper.input)
  if (isRefused(record)) throw new Error(`row ${record.line} is refused: ${JSON.stringify(record.problems)}`)
  const { model, findings } = mapRecord(mapper, {
    fields: record.fields,
    approval: pickApproval(approvals, approvalKeyOf(mapper, record.fields)),
    // The same base vehicle for all, under each VIN.
    base: { tree: { ...base, CocDataGroup: { ...coc, VehicleIdentificationNumber: record.vin } } },
    settings: {},
  })
  if (!model) throw new Error(`row ${record.line} is not mapped: ${JSON.stringify(findings)}`)
  if (++rows === Number(wanted)) break
}
const wallMs = performance.now() - begun
const peakRssMb = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
const figures: MapChildFigures = { rows, wallMs, peakRssMb }
console.log(JSON.stringify(figures))
process.exit(0)
