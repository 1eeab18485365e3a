import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'tap'
import { approvalKeyOf, pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import { dataContract } from '../../../gateway/data-contract/data-contract.ts'
import { contractHtml } from '../../../gateway/data-contract/render-html.ts'
import { contractMarkdown } from '../../../gateway/data-contract/render-markdown.ts'
import { mapRecord } from '../../../gateway/mapping/map-record.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const folder = new URL('../../golden/data-contract/', import.meta.url)
const records = new URL('../../golden/mapping/', import.meta.url)
const update = process.env['UPDATE_GOLDEN'] === '1'

/** A mapped golden record, for examples. */
const sampleOf = (record: string) => {
  const { mapper: name, fields, settings } = JSON.parse(readFileSync(new URL(`${record}/record.json`, records), 'utf8'))
  const mapper = sampleMapper(name)
  const approval = pickApproval(sampleApprovals(), approvalKeyOf(mapper, fields))
  const base = mapper.baseNeeded ? { tree: sampleBaseTree(fields.VIN) } : undefined
  return { fields, tree: mapRecord(mapper, { fields, approval, base, settings }).model!.tree }
}

const cases = [
  { mapper: 'sage-x3', category: 'N2', language: 'en', sample: sampleOf('sage-x3-box-body') },
  { mapper: 'chassis-json', category: 'N2', language: 'fr', sample: sampleOf('chassis-json') },
  { mapper: 's4-equipment', category: 'O4', language: 'de', sample: sampleOf('s4-equipment') },
] as const

for (const { mapper, ...options } of cases)
  test(`the data contract of ${mapper} is the same as ever`, async (t) => {
    const contract = dataContract(sampleMapper(mapper), options)
    for (const [name, made] of [
      [`${mapper}.md`, contractMarkdown(contract)],
      [`${mapper}.html`, contractHtml(contract)],
    ] as const) {
      const file = new URL(name, folder)
      if (update) mkdirSync(folder, { recursive: true })
      if (update) writeFileSync(file, made)
      t.ok(existsSync(file), name)
      t.equal(made, readFileSync(file, 'utf8'), name)
    }
  })
