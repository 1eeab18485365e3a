import fc from 'fast-check'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/index.ts'
import { readEnvelope, storeEnvelope } from '../../../gateway/flow/delivery/stored-envelope.ts'
import { diffTrees } from '../../../gateway/flow/diff-trees.ts'

test('a stored envelope comes back as it was: a retry sends the same bytes', async (t) => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/).filter((n) => n !== 'content-type')
  const value = fc.string({ unit: fc.constantFrom(...Array.from('aZ09 :;=/"\'-_,.*ü')), maxLength: 20 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), value, fc.dictionary(name, value), (bytes, contentType, headers) => {
      const made = { bytes: Buffer.from(bytes), contentType, headers }
      const read = readEnvelope(storeEnvelope(made))
      const same = read.bytes.equals(made.bytes) && read.contentType === contentType
      return same && JSON.stringify(Object.entries(read.headers)) === JSON.stringify(Object.entries(headers))
    }),
  )
  const body = Buffer.from('\r\n\r\n: not a header\r\n\r\n')
  t.same(readEnvelope(storeEnvelope({ bytes: body, contentType: 'text/xml', headers: {} })).bytes, body)
})

const tree = (mass: string, extra: IviTree = {}): IviTree => ({
  Header: { IviReferenceId: 'a', IviVersionNumber: '1' },
  CocDataGroup: { Mass: mass, AxleTable: { AxleGroup: [{ AxleNumber: '1' }, { AxleNumber: '2', ...extra }] } },
})

test('two documents differ in exactly the elements that differ', async (t) => {
  const root = '/InitialVehicleInformation/CocDataGroup'
  const load = `${root}/AxleTable/AxleGroup[2]/Load`
  t.same(diffTrees(tree('1'), tree('1')), [])
  t.same(diffTrees(tree('1'), tree('2')), [{ path: `${root}/Mass`, was: '1', is: '2' }])
  t.same(diffTrees(tree('1'), tree('1', { Load: '5' })), [{ path: load, was: undefined, is: '5' }])
  t.same(diffTrees(tree('1', { Load: '5' }), tree('1')), [{ path: load, was: '5', is: undefined }])
  t.equal(diffTrees({}, tree('1')).length, 3, 'stamps and version number say nothing about the vehicle')
  const restamped = { ...tree('1'), Header: { IviReferenceId: 'b', IviVersionNumber: '2', SignatureDate: 'x' } }
  t.same(diffTrees(tree('1'), restamped), [])
})

test('the order of elements says nothing, the order of groups does', async (t) => {
  const leaf = fc.constantFrom('', '1', '2')
  const { any } = fc.letrec<{ any: IviTree; node: IviTree | string | IviTree[] }>((tie) => ({
    any: fc.dictionary(fc.constantFrom('A', 'B', 'C'), tie('node'), { maxKeys: 3 }),
    node: fc.oneof({ depthSize: 'small' }, leaf, tie('any'), fc.array(tie('any'), { maxLength: 2 })),
  }))
  const turned = (node: IviTree): IviTree =>
    Object.fromEntries(
      Object.entries(node)
        .reverse()
        .map(([k, v]) => [k, typeof v === 'string' ? v : Array.isArray(v) ? v.map(turned) : turned(v)]),
    )
  fc.assert(fc.property(any, (a) => diffTrees(a, turned(a)).length === 0))
  fc.assert(fc.property(any, any, (a, b) => diffTrees(a, b).length === diffTrees(b, a).length))
  t.equal(diffTrees({ G: [{ A: '1' }, { A: '2' }] }, { G: [{ A: '2' }, { A: '1' }] }).length, 2)
})
