import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { test } from 'tap'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { approvalKeyOf, pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import type { Finding, IviReferenceId, IviTree } from '../../../gateway/contract/index.ts'
import { stampDocument } from '../../../gateway/document/make-document.ts'
import { checkRow, isRefused } from '../../../gateway/inbox/check-row.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { loadMapper } from '../../../gateway/mapping/load-mapper.ts'
import { sampleApprovals } from '../../../gateway/sandbox/samples/sample-files.ts'

const page = readFileSync(new URL('../../../docs/mapping.md', import.meta.url), 'utf8')

/** A code block of the page by the file name behind its language. */
const block = (name: string): string => {
  const found = new RegExp(`^\`\`\`\\w+ ${name}\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1]
  if (found === undefined) throw new Error(`the page has no ${name}`)
  return found
}
const stamps = {
  iviReferenceId: '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1' as IviReferenceId,
  iviVersionDateTime: '2026-07-07T10:00:00+02:00',
  signatureDate: '2026-07-07',
}

const mapAll = async (mapperName: string): Promise<{ trees: IviTree[]; findings: Finding[] }> => {
  const mapper = loadMapper(block(mapperName), mapperName)
  const trees: IviTree[] = []
  const all: Finding[] = []
  for await (const row of csv.decode(Readable.from([Buffer.from(block('trailers.csv'))]), mapper.input)) {
    const record = checkRow(row, mapper.input)
    if (isRefused(record)) throw new Error(JSON.stringify(record.problems))
    const approval = pickApproval(sampleApprovals(), approvalKeyOf(mapper, record.fields))
    const { model, findings } = mapper.map({ fields: record.fields, approval, base: undefined, settings: {} })
    all.push(...findings)
    if (model) trees.push(stampDocument(model.tree, stamps))
  }
  return { trees, findings: all }
}

test('the first mapper of the tutorial maps its file', async (t) => {
  const { trees, findings } = await mapAll('first.yaml')
  t.strictSame(findings, [])
  t.equal(trees.length, 2)
})

test('the whole mapper of the tutorial makes documents that schema and rules accept', async (t) => {
  const { trees, findings } = await mapAll('trailers.yaml')
  t.strictSame(findings, [])
  t.equal(trees.length, 2)
  const schema = await createSchemaCheck()
  const rules = await createRules()
  for (const tree of trees) {
    t.strictSame(schema.check(writeDocument(tree), { unsigned: true }), [])
    t.strictSame(rules.check(tree), [])
  }
  schema.dispose()
})

test('the errors of the tutorial are those that come', async (t) => {
  const typo = block('trailers.yaml').replace('  Length: {', '  Lenght: {')
  const said = /`(MAP-004) trailers\.yaml:(\d+): ([^`]*) (Did you mean "Length"\?)`/.exec(page)
  t.throws(() => loadMapper(typo, 'trailers.yaml'), {
    code: said?.[1],
    message: `trailers.yaml:${said?.[2]}: ${said?.[3]}`,
    hint: said?.[4],
  })
})

test('every value source and function is in the reference', async (t) => {
  const { sourceKinds } = await import('../../../gateway/mapping/sources/index.ts')
  const { ownFunctions, hasInside } = await import('../../../gateway/mapping/expressions/functions.ts')
  for (const kind of sourceKinds.keys()) t.match(page, `{ ${kind}: `, kind)
  for (const name of ownFunctions) if (name !== hasInside) t.match(page, new RegExp(`\`${name}[(\`]`), name)
})
