import { createHash } from 'node:crypto'
import { test } from 'tap'
import type { Stamps } from '../../../gateway/contract/flow.ts'
import type { IviReferenceId } from '../../../gateway/contract/ids.ts'
import { makeDocument, placeholderStamps, stampDocument } from '../../../gateway/document/make-document.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'

const tree = () => ({
  Header: { IviVersionNumberXsd: '2.0', IviVersionNumber: '1' },
  CocDataGroup: {
    VehicleIdentificationNumber: 'XEXAMPLE000000001',
    Type: 'A & B',
    SigningAuthorityTable: { SigningAuthorityGroup: [{ SignerName: 'One' }, { SignerName: 'Two' }] },
  },
})
const stamps: Stamps = {
  iviReferenceId: '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1' as IviReferenceId,
  iviVersionDateTime: '2026-09-02T10:00:00.000Z',
  signatureDate: '2026-09-02',
}

test('the document is written canonically and hashed', (t) => {
  const { bytes, sha256 } = makeDocument(tree())
  const text = bytes.toString()
  t.ok(text.startsWith('<InitialVehicleInformation xmlns="http://eu.ereg.initialvehicleinformation.v2"><Header>'))
  t.ok(text.includes('<Type>A &amp; B</Type>'))
  t.equal(sha256, createHash('sha256').update(bytes).digest('hex'))
  t.end()
})

test('stamps stand in the header and at every signer, and nothing else is added', (t) => {
  const stamped = stampDocument(tree(), stamps)
  t.same(stamped, {
    Header: {
      IviVersionNumberXsd: '2.0',
      IviVersionNumber: '1',
      IviReferenceId: stamps.iviReferenceId,
      IviVersionDateTime: stamps.iviVersionDateTime,
    },
    CocDataGroup: {
      VehicleIdentificationNumber: 'XEXAMPLE000000001',
      Type: 'A & B',
      SigningAuthorityTable: {
        SigningAuthorityGroup: [
          { SignerName: 'One', SignatureDate: '2026-09-02' },
          { SignerName: 'Two', SignatureDate: '2026-09-02' },
        ],
      },
    },
  })
  t.end()
})

test('the hash does not depend on stamps: with, without, or with others it is the same document', (t) => {
  const plain = makeDocument(tree())
  t.same(makeDocument(stampDocument(tree(), stamps)), plain)
  t.same(makeDocument(stampDocument(plain.tree, placeholderStamps)), plain)
  t.not(makeDocument({ ...tree(), Header: { IviVersionNumber: '2' } }).sha256, plain.sha256)
  t.end()
})

test('the given tree is left as it is', (t) => {
  const given = stampDocument(tree(), stamps)
  const copy = structuredClone(given)
  makeDocument(given)
  stampDocument(given, placeholderStamps)
  t.same(given, copy)
  t.end()
})

test('a document without signers gets no signer', (t) => {
  const bare = { Header: {}, CocDataGroup: { Type: 'A' } }
  t.same(stampDocument(bare, stamps).CocDataGroup, { Type: 'A' })
  t.end()
})

test('the placeholders have the form of stamps', (t) => {
  const bytes = makeDocument(tree()).bytes
  t.same(readDocument(bytes).tree, makeDocument(tree()).tree)
  t.match(placeholderStamps.iviReferenceId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  t.end()
})
