// slow: 1,500 mutated lists, each read and verified
import { test } from 'tap'
import fc from 'fast-check'
import { readListFacts } from '../../../gateway/trust/lists/list-facts.ts'
import { readList } from '../../../gateway/trust/lists/read-list.ts'
import { forUse, listXml, makeListPki, serviceXml, signList } from '../../support/list-pki.ts'

const readable = (bytes: Buffer): unknown => {
  const found = readListFacts(bytes)
  return 'sequence' in found && found.signature.state === 'holds' ? readList(bytes) : undefined
}

test('whatever is done to a signed list: it throws nothing, and what still holds says the same', async (t) => {
  const make = makeListPki(t)
  const signer = await make('lister', 'lister')
  const service = serviceXml(signer.der, [{ since: '2020-01-01T00:00:00Z', extensions: forUse('ForeSeals') }])
  const good = signList(listXml({ territory: 'NL', sequence: 7, services: [service] }), signer)
  t.match(readListFacts(good), { signature: { state: 'holds' } })
  const wanted = JSON.stringify(readList(good))
  const text = good.toString()
  const tags = [...text.matchAll(/<\/?[^>]+>/g)].map((m) => [m.index, m[0]] as const)
  const position = fc.integer({ min: 0, max: good.length - 1 })
  const mutation = fc.oneof(
    fc.tuple(position, fc.integer({ min: 0, max: 7 })).map(([at, bit]) => {
      const bytes = Buffer.from(good)
      bytes[at] = bytes[at]! ^ (1 << bit)
      return bytes
    }),
    fc
      .tuple(position, fc.integer({ min: 1, max: 400 }))
      .map(([at, length]) => Buffer.concat([good.subarray(0, at), good.subarray(at + length)])),
    fc
      .tuple(position, position, fc.integer({ min: 1, max: 400 }))
      .map(([from, to, length]) =>
        Buffer.concat([good.subarray(0, to), good.subarray(from, from + length), good.subarray(to)]),
      ),
    fc
      .tuple(
        fc.constantFrom(...tags),
        fc.constantFrom('<!--x-->', '<?x y?>', '<x/>', ' ', '<![CDATA[x]]>', '&#13;', '\r\n'),
      )
      .map(([[at], inserted]) => Buffer.from(text.slice(0, at) + inserted + text.slice(at))),
  )
  let held = 0
  fc.assert(
    fc.property(mutation, (bytes) => {
      const list = readable(bytes)
      if (list === undefined) return
      held++
      if (JSON.stringify(list) !== wanted) t.fail('another list holds', { bytes: bytes.toString() })
    }),
    { numRuns: 1500 },
  )
  t.ok(held > 0, 'comments and the like change nothing, so that some hold')
})
