import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { iviNamespace } from '../../../gateway/ivi/catalogue.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { documentEnd, writeDocument } from '../../../gateway/ivi/write-document.ts'
import { leaves, putLeaf, referenceFolder, referenceSkip, specimens } from '../../support/ivi-samples.ts'

const exclusiveC14n = (bytes: Buffer): string => {
  const document = XmlDocument.fromBuffer(bytes)
  try {
    return document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 })
  } finally {
    document.dispose()
  }
}

const troublesome = fc.constantFrom('&', '<', '>', '\r', '\n', '\t', '"', "'", ']]>', ' ', '\u0085', '\u2028', '\ufeff')
const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const text = fc
  .array(fc.oneof(troublesome, character), { maxLength: 12 })
  .map((parts) => parts.join('').replace(forbidden, '?'))
const filled = fc.array(fc.tuple(fc.constantFrom(...leaves), fc.nat(2), text), { maxLength: 60 })

test('any tree is written in exclusive canonical form, and read back as it was', async (t) => {
  const property = () =>
    fc.assert(
      fc.property(filled, (parts) => {
        const tree: IviTree = {}
        for (const [leaf, row, value] of parts) putLeaf(tree, leaf, row, value)
        const bytes = writeDocument(tree)
        assert.equal(exclusiveC14n(bytes), bytes.toString())
        assert.deepEqual(readDocument(bytes), { tree, signed: false, findings: [] })
      }),
      { numRuns: 150, seed: 20 },
    )
  t.doesNotThrow(property)
})

test('the specimens are written in exclusive canonical form with nothing lost', { skip: referenceSkip }, async (t) => {
  for (const name of specimens) {
    const { tree, findings } = readDocument(readFileSync(new URL(`examples/${name}.xml`, referenceFolder)))
    t.strictSame(findings, [])
    const bytes = writeDocument(tree)
    t.equal(exclusiveC14n(bytes), bytes.toString())
    t.strictSame(readDocument(bytes).tree, tree)
  }
})

test("elements come in the catalogue's order, and empty groups are left out", async (t) => {
  const tree = {
    CocDataGroup: {
      MassGroup: {},
      MakeTable: { MakeGroup: [{}, { Make: 'A&B' }] },
      AxleTable: { AxleGroup: [] },
      Version: '<1>',
      Type: '',
    },
  }
  const content =
    '<CocDataGroup><Type></Type><Version>&lt;1&gt;</Version><MakeTable><MakeGroup><Make>A&amp;B</Make></MakeGroup></MakeTable></CocDataGroup>'
  t.equal(writeDocument(tree).toString(), `<InitialVehicleInformation xmlns="${iviNamespace}">${content}${documentEnd}`)
})

test('what cannot be written is an error that names the place', async (t) => {
  const coc = (content: unknown): IviTree => ({ CocDataGroup: content as IviTree })
  const path = '/InitialVehicleInformation/CocDataGroup'
  const axles = (row: unknown): IviTree => coc({ AxleTable: { AxleGroup: [{ AxleNumber: '1' }, row] } })
  t.throws(() => writeDocument(coc({ Wheelbase: '1' })), {
    code: 'IVI-001',
    params: { path, name: 'Wheelbase' },
    hint: /DimensionGroup/,
  })
  t.throws(() => writeDocument({ Unknown: '1' }), { code: 'IVI-001', kind: 'bug' })
  t.throws(() => writeDocument(axles({ Foo: '1' })), {
    code: 'IVI-001',
    params: { path: `${path}/AxleTable/AxleGroup[2]` },
  })
  t.throws(() => writeDocument(coc('text')), { code: 'IVI-002' })
  t.throws(() => writeDocument(coc({ Type: { a: 'b' } })), { code: 'IVI-002', params: { path: `${path}/Type` } })
  t.throws(() => writeDocument(coc({ Type: 5 })), { code: 'IVI-002' })
  t.throws(() => writeDocument(coc({ AxleTable: { AxleGroup: { AxleNumber: '1' } } })), { code: 'IVI-002' })
  t.throws(() => writeDocument(coc({ MassGroup: [{ ActualMass: '1' }] })), { code: 'IVI-002' })
  t.throws(() => writeDocument(axles(null)), { code: 'IVI-002', params: { path: `${path}/AxleTable/AxleGroup[2]` } })
  for (const character of ['\u0000', '\u000b', '\u001f', '\ufffe', '\uffff', '\ud800', 'a\udc00b'])
    t.throws(() => writeDocument(axles({ AxleNumber: character })), {
      code: 'IVI-003',
      params: { path: `${path}/AxleTable/AxleGroup[2]/AxleNumber` },
    })
})
