import { test } from 'tap'
import { iviNamespace } from '../../../gateway/ivi/catalogue.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import type { ReadOptions } from '../../../gateway/ivi/read-document.ts'
import { assertSafeXml } from '../../../gateway/ivi/scan-xml.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { mutationsOf } from '../../support/ivi-mutations.ts'
import { emptySignature, smallDocument } from '../../support/ivi-samples.ts'

const tree = smallDocument()
const xml = writeDocument(tree).toString()
const read = (text: string, options?: ReadOptions) => readDocument(Buffer.from(text), options)
const problems = (text: string, options?: ReadOptions) =>
  read(text, options).findings.map(({ code, path }) => `${code} ${path}`)
const coc = '/InitialVehicleInformation/CocDataGroup'

test('a document is read as it stands, in any order, with or without signature', async (t) => {
  t.strictSame(read(xml), { tree, signed: false, findings: [] })
  t.strictSame(read(`\ufeff<?xml version="1.0" encoding="utf-8"?>\n${xml}\n`), { tree, signed: false, findings: [] })
  const signed = xml.replace(/(?=<\/InitialVehicleInformation>)/, `\n${emptySignature}\n`)
  t.strictSame(read(signed), { tree, signed: true, findings: [] })
  const prefixed = xml.replaceAll('<', '<i:').replaceAll('<i:/', '</i:').replace('xmlns=', 'xmlns:i=')
  t.strictSame(read(prefixed), { tree, signed: false, findings: [] })
})

test('character data is joined and decoded, white space in it is kept', async (t) => {
  const text = xml.replace('<Type>A</Type>', '<Type> a&#x20AC;<![CDATA[<b>]]>&amp;\r\n&#13;</Type>')
  const found = read(text)
  t.strictSame(found.findings, [])
  t.equal((found.tree.CocDataGroup as Record<string, unknown>).Type, ' a€<b>&\n\r')
})

test('what has no place in the catalogue is a finding, and the rest is still read', async (t) => {
  t.strictSame(problems(xml.replace('<Type>', '<Foo><Bar/></Foo><Type>')), [`SCH-ELEMENT ${coc}/Foo`])
  t.strictSame(problems(xml.replace('<Type>', '<__proto__>1</__proto__><constructor/><Type>')), [
    `SCH-ELEMENT ${coc}/__proto__`,
    `SCH-ELEMENT ${coc}/constructor`,
  ])
  t.strictSame(problems(xml.replace('<Type>', '<Make>1</Make><Type>')), [`SCH-ELEMENT ${coc}/Make`])
  t.strictSame(problems(xml.replace('<Type>A', '<Type>A<Make>1</Make>')), [`SCH-ELEMENT ${coc}/Type`])
  t.strictSame(problems(xml.replace('<Type>', '<Type>B</Type><Type>')), [`SCH-TWICE ${coc}/Type`])
  t.strictSame(problems(xml.replace('</MakeTable>', '</MakeTable><MakeTable></MakeTable>')), [
    `SCH-TWICE ${coc}/MakeTable`,
  ])
  t.strictSame(problems(xml.replace('<MakeGroup>', 'x<MakeGroup>y')), [
    `SCH-TEXT ${coc}/MakeTable`,
    `SCH-TEXT ${coc}/MakeTable/MakeGroup[1]`,
  ])
  t.strictSame(problems(xml.replace('<Type>', '<Type xmlns="urn:x">')), [`SCH-NAMESPACE ${coc}/Type`])
  t.strictSame(problems(xml.replace('<Type>', '<Type a="1">')), [`SCH-ATTRIBUTE ${coc}/Type`])
  t.strictSame(problems(xml.replace(iviNamespace, 'urn:x')), ['SCH-NAMESPACE /InitialVehicleInformation'])
  t.strictSame(problems('<invoice><line>1</line></invoice>'), ['SCH-ROOT /'])
  t.strictSame(problems(xml.replace('</Header>', `</Header>${emptySignature}${emptySignature}`)), [
    'SCH-TWICE /InitialVehicleInformation/Signature',
  ])
  const partly = read(xml.replace('<Type>', '<Foo>1</Foo><Type>B</Type><Type>'))
  t.strictSame(partly.tree, { ...tree, CocDataGroup: { ...(tree.CocDataGroup as object), Type: 'B' } })
  t.equal(read(xml.replace('<Type>', '<Foo/>'.repeat(5000) + '<Type>')).findings.length, 100)
})

test('a comment or processing instruction inside the root is refused, outside it is not', async (t) => {
  t.strictSame(problems(xml.replace('<Type>A', '<Type>A<!-- B -->')), [`XML-COMMENT ${coc}/Type`])
  t.strictSame(problems(xml.replace('</Header>', '<?php x?></Header>')), [
    'XML-INSTRUCTION /InitialVehicleInformation/Header',
  ])
  const inSignature = emptySignature.replace('AA==', 'AA<!-- x -->==')
  t.strictSame(problems(xml.replace('</Header>', `</Header>${inSignature}`)), [
    'XML-COMMENT /InitialVehicleInformation',
  ])
  t.strictSame(problems(`<!-- a --><?b c?>${xml}<!-- d -->`), [])
})

test('dangerous or unreadable XML is refused with its own code, and nothing of it is kept', async (t) => {
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (c, i: number) => `<!ENTITY ${c} "${`&${'abcdefghij'[i]!};`.repeat(10)}">`)}]><l>&j;</l>`
  const cases: [string, string | Buffer][] = [
    ['XML-DTD', `<!DOCTYPE InitialVehicleInformation>${xml}`],
    ['XML-DTD', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace('<Type>A', '<Type>&e;')}`],
    ['XML-DTD', `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">${xml}`],
    ['XML-DTD', laughs],
    ['XML-ENTITY', xml.replace('<Type>A', '<Type>&nbsp;')],
    ['XML-DEPTH', '<a>'.repeat(100_000)],
    ['XML-COUNT', `<a>${'<b/>'.repeat(100_001)}</a>`],
    ['XML-COUNT', `<a ${Array.from({ length: 101 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
    ['XML-SIZE', Buffer.alloc(5 * 1024 * 1024 + 1, ' ')],
    ['XML-ENCODING', `<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`],
    ['XML-ENCODING', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xe9]), Buffer.from('</a>')])],
    ['XML-ENCODING', Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['XML-FORM', Buffer.from(xml, 'utf16le')],
    ['XML-VERSION', `<?xml version="1.1"?>${xml}`],
    ['XML-FORM', ''],
    ['XML-FORM', 'VIN;TYPE\r\nx;y'],
    ['XML-FORM', xml.slice(0, -5)],
    ['XML-FORM', xml.replace('<Type>A', '<Type>A & B')],
    ['XML-FORM', xml.replace('<Type>A', '<Type>&#0;')],
    ['XML-FORM', xml.replace('<Type>A', '<Type>]]>')],
    ['XML-FORM', xml.replace('<Type>', '<x:Type>').replace('</Type>', '</x:Type>')],
    ['XML-FORM', `${xml}${xml}`],
  ]
  for (const [code, input] of cases) {
    const bytes = Buffer.from(input)
    const found = readDocument(bytes)
    t.strictSame(
      found.findings.map((finding) => finding.code),
      [code],
      `${code}: ${bytes.toString('latin1', 0, 60)}`,
    )
    t.strictSame(found.tree, {})
    t.strictSame(
      assertSafeXml(bytes).map((finding) => finding.code),
      [code],
    )
  }
})

test('limits can be set', async (t) => {
  t.strictSame(problems(xml, { maxBytes: 100 }), ['XML-SIZE /'])
  t.strictSame(problems(xml, { maxDepth: 2 }), ['XML-DEPTH /'])
  t.strictSame(problems(xml, { maxElements: 5 }), ['XML-COUNT /'])
  t.strictSame(problems(xml.replace('xmlns=', 'a="1" xmlns='), { maxAttributes: 1 }), ['XML-COUNT /'])
})

test('any XML can be looked at for safety alone', async (t) => {
  const reply = Buffer.from(
    '<!-- a --><e:Envelope xmlns:e="urn:e"><!-- b --><e:Body a="1">t<?p i?></e:Body></e:Envelope>',
  )
  t.strictSame(assertSafeXml(reply), [])
  t.strictSame(
    assertSafeXml(reply, { noAsides: true, layer: 'signature' }).map(({ code, layer }) => `${code} ${layer}`),
    ['XML-COMMENT signature', 'XML-INSTRUCTION signature'],
  )
})

test('no changed document makes the reader throw, and what it kept can be written', async (t) => {
  for (const { kind, xml: changed } of mutationsOf(xml, 230, 7)) {
    const found = read(changed)
    t.doesNotThrow(() => writeDocument(found.tree), kind)
  }
  for (let cut = 0; cut < xml.length; cut += 7) t.equal(read(xml.slice(0, cut)).findings[0]?.code, 'XML-FORM')
})
