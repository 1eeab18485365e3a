import fc from 'fast-check'
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { test } from 'tap'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { seededRandom } from '../../support/ivi-mutations.ts'
import { respell } from '../../support/valid-documents/respell.ts'
import { kinds, validDocument } from '../../support/valid-documents/valid-document.ts'

const schema = await createSchemaCheck()
const rules = await createRules()

const documents = fc
  .record({ kind: fc.constantFrom(...kinds), seed: fc.nat(), optional: fc.constantFrom(0, 0.3, 0.8, 1) })
  .map(({ kind: { category, stage }, seed, optional }) => ({
    seed,
    tree: validDocument(category, stage, { optional }, seededRandom(seed)),
  }))

const canonical = (xml: string): string => {
  const document = XmlDocument.fromString(xml)
  try {
    return document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 })
  } finally {
    document.dispose()
  }
}

const numRuns = 80

test('valid documents come back byte for byte from reader, model and writer, and are canonical', (t) => {
  fc.assert(
    fc.property(documents, ({ tree }) => {
      const bytes = writeDocument(tree)
      const read = readDocument(bytes)
      t.same(read.findings, [])
      t.strictSame(read.tree, tree, 'the model is what was written')
      t.ok(writeDocument(read.tree).equals(bytes), 'byte for byte')
      t.equal(canonical(bytes.toString()), bytes.toString(), 'Exclusive Canonical XML')
    }),
    { numRuns },
  )
  t.end()
})

test('they pass the schema and the rules', (t) => {
  fc.assert(
    fc.property(documents, ({ tree }) => {
      t.same(schema.check(writeDocument(tree), { unsigned: true }), [])
      t.same(rules.check(tree), [])
    }),
    { numRuns },
  )
  t.end()
})

test('written in other words they are read as the same document', (t) => {
  fc.assert(
    fc.property(documents, ({ tree, seed }) => {
      const xml = Buffer.from(respell(tree, seededRandom(seed + 1)))
      const read = readDocument(xml)
      t.same(read.findings, [])
      t.ok(writeDocument(read.tree).equals(writeDocument(tree)), 'the same canonical bytes')
      t.same(schema.check(xml, { unsigned: true }), [], 'and valid')
    }),
    { numRuns },
  )
  t.end()
})
