import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { findElement, ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { ivi20Source } from '../../../gateway/ivi/catalogue/ivi-2.0.ts'
import { compileXsd } from '../../../gateway/ivi/compile-xsd.ts'
import { iviXsd } from '../../../gateway/ivi/make-xsd.ts'
import { parseCatalogue } from '../../../gateway/ivi/parse-catalogue.ts'
import { readXsd, type XsdOptions } from '../../../gateway/ivi/read-xsd.ts'
import { referenceFolder, referenceSkip } from '../../support/ivi-samples.ts'
import { areEqual, ivi21, ivi21Xsd } from './ivi-21.ts'

const compiled = (text: string, options?: XsdOptions) => {
  const source = readXsd(Buffer.from(text), options)
  if (Array.isArray(source)) throw new Error(JSON.stringify(source))
  return parseCatalogue(source)
}

test('our own schema reads back to the catalogue it was made from, and makes the same bytes again', async (t) => {
  for (const signed of [true, false]) {
    const made = iviXsd({ signed })
    const read = compiled(made)
    t.ok(areEqual(read, ivi20))
    t.equal(iviXsd({ signed }, read), made)
  }
  t.ok(areEqual(compiled(ivi21Xsd), ivi21), 'another release too')
  t.equal(iviXsd({ signed: true }, compiled(ivi21Xsd)), ivi21Xsd)
})

test('the reference schema reads back to the very source of our catalogue', { skip: referenceSkip }, async (t) => {
  for (const flags of [[], ['--unsigned']]) {
    const script = fileURLToPath(new URL('make-xsd.mjs', referenceFolder))
    const reference = execFileSync(process.execPath, [script, ...flags])
    t.strictSame(readXsd(reference), ivi20Source)
    t.strictSame(compileXsd(reference, ivi20.namespace), [])
  }
})

const namespaces =
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:sig="http://www.w3.org/2000/09/xmldsig#" xmlns:i="urn:ivi" targetNamespace="urn:ivi"'
const schema = (inner: string, attributes = 'elementFormDefault="qualified" version="2.1"'): string =>
  `<?xml version="1.0"?><!-- a comment -->\n<xsd:schema ${namespaces} ${attributes}>\n` +
  `<xsd:import namespace="http://www.w3.org/2000/09/xmldsig#"/>\n${inner}\n</xsd:schema>`
const rooted = (members: string, more = ''): string =>
  schema(
    `<xsd:element name="InitialVehicleInformation"><xsd:complexType><xsd:sequence>\n${members}\n` +
      `<xsd:element ref="sig:Signature"/></xsd:sequence></xsd:complexType></xsd:element>${more}`,
  )

test('a schema may be written in another way: prefixes, anonymous and derived types, references, annotations', async (t) => {
  const text = rooted(
    `<xsd:annotation><xsd:documentation>Words <b>of</b> others</xsd:documentation></xsd:annotation>
     <xsd:element name="Header"><xsd:complexType><xsd:annotation/><xsd:all>
       <xsd:element name="Day" type="xsd:date" minOccurs="0"><xsd:annotation/></xsd:element>
       <xsd:element name="Code"><xsd:simpleType><xsd:annotation/><xsd:restriction base="i:Short.Text">
         <xsd:enumeration value="a b"><xsd:annotation/></xsd:enumeration><xsd:enumeration value="c|d %20"/></xsd:restriction></xsd:simpleType></xsd:element>
     </xsd:all></xsd:complexType></xsd:element>
     <xsd:sequence><xsd:element ref="i:Row" minOccurs="2" maxOccurs="unbounded"/></xsd:sequence>
     <xsd:element name="Never" type="xsd:string" minOccurs="0" maxOccurs="0"/>`,
    `<xsd:element name="Row" type="i:RowType"/>
     <xsd:complexType name="RowType"><xsd:sequence><xsd:element name="Number"><xsd:simpleType><xsd:restriction>
       <xsd:simpleType><xsd:restriction base="xsd:integer"><xsd:minInclusive value="1"/></xsd:restriction></xsd:simpleType>
       <xsd:maxInclusive value="9"/></xsd:restriction></xsd:simpleType></xsd:element>
       <xsd:element name="Plate" type="i:Plate" maxOccurs="1"/></xsd:sequence></xsd:complexType>
     <xsd:simpleType name="Short.Text"><xsd:restriction base="xsd:string"><xsd:maxLength value="10"/><xsd:whiteSpace value="preserve"/></xsd:restriction></xsd:simpleType>
     <xsd:simpleType name="Plate"><xsd:restriction base="xsd:token"><xsd:length value="3"/><xsd:pattern value="A| B"/><xsd:pattern value="[C%|]"/></xsd:restriction></xsd:simpleType>`,
  )
  const read = compiled(text)
  t.strictSame(compileXsd(Buffer.from(text), 'urn:ivi'), [])
  t.match(read, { version: '2.1', namespace: 'urn:ivi' })
  t.match(findElement('Day', read), {
    path: '/InitialVehicleInformation/Header/Day',
    min: 0,
    leaf: { base: 'xs:date' },
  })
  t.match(findElement('Code', read), { codes: ['a b', 'c|d %20'], facets: { maxLength: 10 } })
  t.match(findElement('Row', read), { min: 2, max: Infinity, repeats: true })
  t.strictSame(findElement('Number', read)?.facets, { minInclusive: '1', maxInclusive: '9' })
  t.equal(findElement('Number', read)?.leaf?.base, 'xs:integer')
  t.strictSame(findElement('Plate', read)?.facets, { minLength: 3, maxLength: 3, pattern: '(A| B)|([C%|])' })
  t.equal(findElement('Never', read), undefined)
  t.strictSame(read.sequences, new Set(['InitialVehicleInformation', 'RowType']))
  t.ok(
    areEqual(compiled(iviXsd({ signed: true }, read), { version: '2.1' }), read),
    'and what we make of it reads back',
  )
})

test('what the catalogue has no room for is a finding with line and construct', async (t) => {
  const leaf = (inner: string): string =>
    rooted(`<xsd:element name="Leaf"><xsd:simpleType>\n${inner}\n</xsd:simpleType></xsd:element>`)
  const type = (inner: string): string =>
    rooted('<xsd:element name="A" type="i:A"/>', `\n<xsd:complexType name="A">${inner}</xsd:complexType>`)
  const a = '<xsd:element name="B" type="xsd:string"/>'
  const cases: readonly (readonly [string, string, string | RegExp])[] = [
    [type(`<xsd:choice>${a}</xsd:choice>`), 'XSD-002', /^Line 7: xs:choice is not supported/],
    [type(`<xsd:all>${a}</xsd:all><xsd:attribute name="x"/>`), 'XSD-002', /xs:attribute/],
    [type(`<xsd:sequence maxOccurs="2">${a}</xsd:sequence>`), 'XSD-002', /xs:sequence that is optional or repeats/],
    [type('<xsd:sequence><xsd:any/></xsd:sequence>'), 'XSD-002', /xs:any in xs:sequence/],
    [type('<xsd:complexContent><xsd:extension base="i:A"/></xsd:complexContent>'), 'XSD-002', /xs:complexContent/],
    [type(''), 'XSD-002', /without elements/],
    [rooted('<xsd:element name="A" type="xsd:string" nillable="true"/>'), 'XSD-002', /with nillable/],
    [rooted('<xsd:element name="A" type="xsd:string" default="x"/>'), 'XSD-002', /with default/],
    [rooted('<xsd:element name="A" type="xsd:string" form="unqualified"/>'), 'XSD-002', /outside the target namespace/],
    [rooted('<xsd:element name="A" type="xsd:string" maxOccurs="2"/>'), 'XSD-002', /repeats and holds no elements/],
    [rooted('<xsd:element name="A" type="xsd:string" minOccurs="2"/>'), 'XSD-002', /no range/],
    [leaf('<xsd:union memberTypes="xsd:int xsd:date"/>'), 'XSD-002', /^Line 6: xs:union/],
    [
      leaf('<xsd:restriction base="xsd:int"><xsd:minExclusive value="1"/></xsd:restriction>'),
      'XSD-002',
      /minExclusive/,
    ],
    [leaf('<xsd:restriction base="xsd:string"><xsd:maxLength value="x"/></xsd:restriction>'), 'XSD-002', /value "x"/],
    [
      leaf('<xsd:restriction base="xsd:string"><xsd:whiteSpace value="collapse"/></xsd:restriction>'),
      'XSD-002',
      /whiteSpace/,
    ],
    [leaf('<xsd:restriction base="xsd:hexBinary"/>'), 'XSD-003', /xsd:hexBinary is not declared/],
    [rooted('<xsd:element name="A" type="i:Gone"/>'), 'XSD-003', /element A has the type i:Gone/],
    [rooted('<xsd:element ref="i:Gone"/>'), 'XSD-003', /i:Gone is not declared/],
    [rooted('<xsd:element name="A"/>'), 'XSD-003', /element A has no type/],
    [
      leaf('<xsd:restriction base="xsd:string"><xsd:pattern value="\\p{L}+"/></xsd:restriction>'),
      'XSD-002',
      /xs:pattern/,
    ],
    [
      leaf('<xsd:restriction base="xsd:string"><xsd:pattern value="[A"/></xsd:restriction>'),
      'XSD-002',
      /xs:pattern "\[A"/,
    ],
    [
      rooted(
        '<xsd:element name="A" type="i:T"/>',
        '<xsd:simpleType name="T"><xsd:restriction base="i:T"/></xsd:simpleType>',
      ),
      'XSD-002',
      /more than 20 steps/,
    ],
    [rooted('<xsd:element name="A-B" type="xsd:string"/>'), 'XSD-005', /"A-B" cannot be used/],
    [rooted('<xsd:element name="constructor" type="xsd:string"/>'), 'XSD-005', /"constructor" cannot be used/],
    [
      rooted('<xsd:element name="A" type="xsd:int"/>\n<xsd:element name="A" type="xsd:int"/>'),
      'XSD-005',
      /^Line 6: element A stands in line 5/,
    ],
    [type('<xsd:all><xsd:element name="A" type="i:A"/></xsd:all>'), 'XSD-005', /element A stands/],
    [schema('<xsd:include schemaLocation="other.xsd"/>'), 'XSD-002', /xs:include is not supported at the top/],
    [schema('<xsd:element name="InitialVehicleInformation" type="xsd:string"/>'), 'XSD-004', /holds no elements/],
    [rooted(a).replace('<xsd:element ref="sig:Signature"/>', ''), 'XSD-004', /has no ds:Signature/],
    [rooted(a).replace(' version="2.1"', ''), 'XSD-008', /does not say of which release/],
    ['<invoice/>', 'XSD-001', /is no XML Schema/],
    ['<!DOCTYPE a><a/>', 'XML-DTD', /DTD/],
    ['<a>', 'XML-FORM', /not well-formed/],
  ]
  for (const [text, code, message] of cases) {
    const found = readXsd(Buffer.from(text))
    t.match(found, [{ code, severity: 'error', layer: 'schema', message }], String(message))
  }
  t.match(readXsd(Buffer.from(cases[0]![0])), [{ params: { line: 7, construct: 'xs:choice' } }])
})

test('of which release a schema is, it says itself; a contradiction is refused', async (t) => {
  const made = Buffer.from(ivi21Xsd)
  t.match(readXsd(made, { version: '2.1' }), { version: '2.1' })
  t.match(readXsd(made, { version: '2.0' }), [{ code: 'XSD-008', message: /is of IVI 2\.1, not of 2\.0/ }])
  const unnamed = rooted('<xsd:element name="A" type="xsd:string"/>').replace(' version="2.1"', '')
  t.match(readXsd(Buffer.from(unnamed), { version: '2.3' }), { version: '2.3' })
})

test('a schema that libxml2 does not take is a finding, and nothing that it names is fetched', async (t) => {
  const made = iviXsd({ signed: true })
  const found = (text: string) => compileXsd(Buffer.from(text), ivi20.namespace)
  t.strictSame(found(made), [])
  t.strictSame(found(made.replace('xmldsig-core-schema.xsd', 'http://127.0.0.1:9/x.xsd')), [], 'the signature is ours')
  t.match(found(made.replace('"xs:decimal"', '"xs:decimals"')), [{ code: 'XSD-007', message: /cannot be compiled/ }])
  t.match(found(made.replace('<xs:import', '<xs:include schemaLocation="file:///etc/hostname"/><xs:import')), [
    { code: 'XSD-007' },
  ])
  t.match(found('<!DOCTYPE a><a/>'), [{ code: 'XML-DTD' }])
  t.strictSame(found(made), [], 'and the next is compiled as before')
})
