import { test } from 'tap'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import { elementOf, iviNamespace } from '../../../gateway/ivi/catalogue.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { documentWith, emptySignature, putLeaf } from '../../support/ivi-samples.ts'

const check = await createSchemaCheck()

const tree = documentWith(elementOf('AxleSpacing'), '4035')
putLeaf(tree, elementOf('AxleNumber'), 1, '2')
putLeaf(tree, elementOf('AxleTrack'), 1, '1700')
const xml = writeDocument(tree).toString()
const end = '</InitialVehicleInformation>'
const signed = xml.replace(end, emptySignature + end)
const coc = '/InitialVehicleInformation/CocDataGroup'

const unsigned = (text: string) => check.check(Buffer.from(text), { unsigned: true })
const problems = (text: string) => unsigned(text).map(({ code, path }) => `${code} ${path}`)

test('a valid document has no finding', async (t) => {
  t.strictSame(problems(xml), [])
  t.strictSame(check.check(Buffer.from(signed)), [])
  t.strictSame(problems(signed), [])
})

test('a signature is asked for, and left out with `unsigned`', async (t) => {
  const codes = (text: string) => check.check(Buffer.from(text)).map(({ code, path }) => `${code} ${path}`)
  const path = '/InitialVehicleInformation/Signature'
  t.strictSame(codes(xml), [`SCH-SIGNATURE ${path}`])
  const broken = signed.replace('<ds:SignatureValue>AA==</ds:SignatureValue>', '<ds:Nothing/>')
  t.strictSame(codes(broken), [`SCH-SIGNATURE ${path}/Nothing`])
  t.strictSame(problems(broken), [])
  t.strictSame(problems(xml.replace(end, emptySignature + emptySignature + end)), [`SCH-TWICE ${path}`])
  t.strictSame(problems(xml.replace('<Type>', `${emptySignature}<Type>`)), [`SCH-NAMESPACE ${coc}/Signature`])
})

test('each kind of refusal has its code, its place and a clear message', async (t) => {
  const cases: [string, string, string, RegExp][] = [
    [xml.replace('<Type>', '<Foo>1</Foo><Type>'), 'SCH-ELEMENT', `${coc}/Foo`, /IVI 2\.0 has no such element/],
    [
      xml.replace('<Type>', '<TyreSize>1</TyreSize><Type>'),
      'SCH-ELEMENT',
      `${coc}/TyreSize`,
      /belongs in .*TyreAxleGroup/,
    ],
    [xml.replace('<Type>', '<Type>B</Type><Type>'), 'SCH-TWICE', `${coc}/Type`, /more often than once/],
    [xml.replace('<Type>A</Type>', ''), 'SCH-MISSING', `${coc}/Type`, /must have Type/],
    [
      xml.replace('>1700<', '>17000<'),
      'SCH-TYPE',
      `${coc}/AxleTable/AxleGroup[2]/AxleTrack`,
      /"17000"; allowed is a whole number from 0 to 9999/,
    ],
    [
      xml.replace('<VehicleCategory>C1a<', '<VehicleCategory>X<'),
      'SCH-CODE',
      `${coc}/VehicleCategory`,
      /"X"; allowed is one of C1a, .* more codes/,
    ],
    [xml.replace('<Type>A', '<Type>'), 'SCH-TYPE', `${coc}/Type`, /a text of 1 to 15 characters/],
    [xml.replace('<Type>A', `<Type>${'é'.repeat(500)}`), 'SCH-TYPE', `${coc}/Type`, /"é{60}…"/],
    [xml.replace('<MakeGroup>', '<MakeGroup>x'), 'SCH-TEXT', `${coc}/MakeTable/MakeGroup[1]`, /text between/],
    [xml.replace('<Type>A', '<Type>A<Make>B</Make>'), 'SCH-ELEMENT', `${coc}/Type`, /text only/],
    [xml.replace('<Type>', '<Type a="1">'), 'SCH-ATTRIBUTE', `${coc}/Type`, /attribute a/],
    [xml.replace('<Type>', '<Type xmlns="urn:x">'), 'SCH-NAMESPACE', `${coc}/Type`, /namespace urn:x/],
    [xml.replace(iviNamespace, 'urn:x'), 'SCH-NAMESPACE', '/InitialVehicleInformation', /expected is http/],
    [xml.replaceAll('InitialVehicleInformation', 'Invoice'), 'SCH-ROOT', '/', /is a Invoice/],
  ]
  for (const [text, code, path, message] of cases)
    t.match(unsigned(text), [{ code, path, message, layer: 'schema', severity: 'error' }], `${code} ${path}`)
})

test('everything wrong is told at once', async (t) => {
  const text = xml
    .replace('<Type>', '<Foo/><Bar/><Type>')
    .replace('<VehicleCategory>C1a<', '<VehicleCategory>X<')
    .replace('<Version>A</Version>', '')
    .replace('<Variant>A</Variant>', '')
    .replace('>4035<', '>4,035<')
  t.strictSame(problems(text).sort(), [
    `SCH-CODE ${coc}/VehicleCategory`,
    `SCH-ELEMENT ${coc}/Bar`,
    `SCH-ELEMENT ${coc}/Foo`,
    `SCH-MISSING ${coc}/Variant`,
    `SCH-MISSING ${coc}/Version`,
    `SCH-TYPE ${coc}/AxleTable/AxleGroup[1]/AxleSpacing`,
  ])
  t.strictSame(unsigned(text).length, 6)
})

test('rows are counted where a prefix is used too', async (t) => {
  const prefixed = xml.replaceAll('<', '<i:').replaceAll('<i:/', '</i:').replace('xmlns=', 'xmlns:i=')
  t.strictSame(problems(prefixed), [])
  t.strictSame(problems(prefixed.replace('>1700<', '>x<')), [`SCH-TYPE ${coc}/AxleTable/AxleGroup[2]/AxleTrack`])
})

test('what is no acceptable XML is a finding, never an exception', async (t) => {
  t.strictSame(problems(''), ['XML-FORM /'])
  t.strictSame(problems('VIN;TYPE'), ['XML-FORM /'])
  t.strictSame(problems(xml.slice(0, -3)), ['XML-FORM /'])
  t.strictSame(problems(xml.replace('<Type>A', '<Type>&foo;')), ['XML-ENTITY /'])
  t.strictSame(problems(`<!DOCTYPE a>${xml}`), ['XML-DTD /'])
  t.strictSame(
    problems(`<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace('<Type>A', '<Type>&e;')}`),
    ['XML-DTD /'],
  )
  t.strictSame(problems(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`), ['XML-ENCODING /'])
  t.strictSame(problems(`<?xml version='1.0' encoding = "latin1"?>${xml}`), ['XML-ENCODING /'])
  t.strictSame(
    check.check(Buffer.from(`\ufeff${xml}`, 'utf16le')).map(({ code }) => code),
    ['XML-ENCODING'],
  )
  t.strictSame(problems('<a>'.repeat(1000)), ['XML-DEPTH /'])
  t.strictSame(problems(`<a>${'<b/>'.repeat(70_000)}</a>`), ['XML-COUNT /'])
  t.strictSame(problems(` \n${xml}`), [], 'white space before the root is no harm')
  t.strictSame(problems(`\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>\n${xml}`), [])
  t.strictSame(problems(`<!-- <!DOCTYPE a> -->${xml}`), [], 'a comment that speaks of a DTD is none')
})

test('a document cannot name a schema of its own', async (t) => {
  const location = 'urn:other mem:///ecoc-gateway/xmldsig-core-schema.xsd urn:third file:///etc/passwd'
  const hinted = xml.replace(
    ' xmlns=',
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${location}" xmlns=`,
  )
  t.strictSame(problems(hinted), [])
  t.strictSame(
    problems(xml.replace('<Type>', '<Foo/><Type>')),
    [`SCH-ELEMENT ${coc}/Foo`],
    'and later checks are the same',
  )
})

test('many wrong rows are told of up to a limit', async (t) => {
  const rows = '<AxleGroup><AxleNumber>x</AxleNumber></AxleGroup>'.repeat(500)
  t.equal(unsigned(xml.replace('<AxleTable>', `<AxleTable>${rows}`)).length, 100)
})
