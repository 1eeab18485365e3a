import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'tap'
import { mapRecord } from '../../../gateway/mapping/map-record.ts'
import { approvalKeyOf, pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const folder = new URL('../../golden/mapping/', import.meta.url)
const approvals = sampleApprovals()

for (const name of readdirSync(folder)) {
  test(`mapping ${name} gives the same document as ever`, async (t) => {
    const {
      mapper: mapperName,
      fields,
      settings,
    } = JSON.parse(readFileSync(new URL(`${name}/record.json`, folder), 'utf8'))
    const mapper = sampleMapper(mapperName)
    // The date of the unmappable case cannot be read; its approval is looked up for another day.
    const key = approvalKeyOf(mapper, fields)
    const approval = pickApproval(approvals, { ...key, dateOfManufacture: key.dateOfManufacture || '2026-07-06' })
    const base = mapper.baseNeeded ? { tree: sampleBaseTree(fields.VIN) } : undefined
    const { model, findings } = mapRecord(mapper, { fields, approval, base, settings })
    const result = JSON.parse(JSON.stringify({ model, findings }))
    const file = new URL(`${name}/expected.json`, folder)
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${JSON.stringify(result, undefined, 1)}\n`)
    t.strictSame(result, JSON.parse(readFileSync(file, 'utf8')))
  })
}
