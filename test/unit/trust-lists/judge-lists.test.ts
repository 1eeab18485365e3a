import { test } from 'tap'
import { currentLists, isStale, judgeLists } from '../../../gateway/trust/lists/judge-lists.ts'
import type { ListFacts, PointerFacts, SignatureFacts } from '../../../gateway/trust/lists/list-facts.ts'
import { fingerprintOf, isPinned, shippedSigners } from '../../../gateway/trust/lists/lotl-signers.ts'
import { uri } from '../../support/list-pki.ts'

const signed = (by: string, validTo = '2030-01-01T00:00:00.000Z'): SignatureFacts => ({
  state: 'holds',
  signer: {
    sha256: by as never,
    subject: `CN=${by}`,
    validFrom: '2015-01-01T00:00:00.000Z' as never,
    validTo: validTo as never,
  },
})
let number = 0
const list = (parts: Partial<ListFacts>): ListFacts => ({
  sha256: `${number++}` as never,
  version: 6,
  sequence: 1,
  type: uri.list,
  territory: 'NL',
  operator: 'O',
  issued: '2026-01-01T00:00:00.000Z' as never,
  nextUpdate: '2026-07-01T00:00:00.000Z' as never,
  services: 0,
  pointers: [],
  signature: { state: 'absent' },
  ...parts,
})
const pointer = (territory: string, signers: string[], type = uri.list): PointerFacts => ({
  location: '',
  territory,
  type,
  mimeType: '',
  signers: signers as never,
})
const lotl = (sequence: number, by: string, announces: string[], more: Partial<ListFacts> = {}): ListFacts =>
  list({
    type: uri.lotl,
    territory: 'EU',
    sequence,
    signature: signed(by),
    pointers: [pointer('EU', announces, uri.lotl), pointer('NL', ['nl'])],
    ...more,
  })
const pins = (...names: string[]) => names.map((sha256) => ({ sha256: sha256 as never, source: 'test' }))
const standings = (lists: ListFacts[], ...names: string[]) => {
  const judged = judgeLists(lists, pins(...names))
  return lists.map((facts) => judged.find((one) => one.facts === facts)?.signature)
}

test('a list of lists must be signed by a pinned certificate', async (t) => {
  t.same(standings([lotl(5, 'a', [])], 'a'), ['valid'])
  t.same(standings([lotl(5, 'a', [])], 'b'), ['untrusted'])
})

test('pivots lead from one signer to the next, in whatever order they come', async (t) => {
  const chain = [lotl(9, 'c', ['c']), lotl(5, 'a', ['b']), lotl(7, 'b', ['b', 'c'])]
  t.same(standings(chain, 'a'), ['valid', 'valid', 'valid'])
  t.same(standings(chain.slice(0, 2), 'a'), ['untrusted', 'valid'], 'a missing link')
  t.same(standings(chain, 'c'), ['valid', 'untrusted', 'untrusted'], 'nothing leads backwards')
  t.same(standings([lotl(7, 'b', ['b']), lotl(5, 'a', ['b'], { signature: { state: 'broken', why: 'x' } })], 'a'), [
    'untrusted',
    'invalid',
  ])
})

test('a signer that the newest trusted one left out is not trusted any more', async (t) => {
  t.same(standings([lotl(5, 'a', ['a', 'b']), lotl(6, 'a', ['a']), lotl(7, 'b', ['b'])], 'a'), [
    'valid',
    'valid',
    'untrusted',
  ])
})

test('a national list must be signed by one that the newest trusted list of lists names for its territory', async (t) => {
  const nl = list({ signature: signed('nl') })
  t.same(standings([nl, lotl(5, 'a', [])], 'a'), ['valid', 'valid'])
  t.same(standings([list({ signature: signed('other') }), lotl(5, 'a', [])], 'a'), ['untrusted', 'valid'])
  t.same(standings([list({ signature: signed('nl'), territory: 'DE' }), lotl(5, 'a', [])], 'a'), ['untrusted', 'valid'])
  t.same(standings([nl, lotl(5, 'x', [])], 'a'), ['untrusted', 'untrusted'])
  const replaced = lotl(6, 'a', [], { pointers: [pointer('NL', ['nl2'])] })
  t.same(standings([nl, lotl(5, 'a', []), replaced], 'a'), ['untrusted', 'valid', 'valid'])
})

test('broken, absent, and made with a certificate that had ended', async (t) => {
  const found = [
    list({ signature: { state: 'broken', why: 'x' } }),
    list({}),
    list({ signature: signed('nl', '2025-12-31T00:00:00.000Z') }),
    lotl(5, 'a', []),
  ]
  t.same(standings(found, 'a'), ['invalid', 'absent', 'invalid', 'valid'])
})

test('a pin holds for lists of its time', async (t) => {
  const notice = [
    { sha256: 'a' as never, source: 'notice', from: '2019-08-16T00:00:00Z', until: '2026-04-29T00:00:00Z' },
  ]
  t.ok(isPinned(notice, 'a', '2019-08-16T00:00:00.000Z'))
  t.notOk(isPinned(notice, 'a', '2026-04-29T00:00:00.000Z'))
  t.notOk(isPinned(notice, 'a', '2019-08-15T23:59:59.000Z'))
  t.notOk(isPinned(notice, 'b', '2020-01-01T00:00:00.000Z'))
})

test('the shipped signers have a source, and fingerprints are read as people write them', async (t) => {
  t.ok(shippedSigners().every(({ sha256, source }) => fingerprintOf(sha256) === sha256 && source.length > 20))
  t.equal(fingerprintOf(`AA:${'bb '.repeat(31)}`), `aa${'bb'.repeat(31)}`)
  t.equal(fingerprintOf('d2064f'), undefined)
})

test('of a territory the newest valid list counts; nothing else may push it away', async (t) => {
  const good = list({ sequence: 5, signature: signed('nl') })
  const newer = list({ sequence: 9, signature: signed('forged') })
  const judged = judgeLists([newer, good, lotl(5, 'a', [])], pins('a'))
  t.same(
    currentLists(judged).map(({ facts, signature }) => [facts.territory, facts.sequence, signature]),
    [
      ['EU', 5, 'valid'],
      ['NL', 5, 'valid'],
    ],
  )
})

test('stale is past the next update; a closed list has none', async (t) => {
  const facts = list({})
  t.notOk(isStale(facts, new Date('2026-07-01T00:00:00Z')))
  t.ok(isStale(facts, new Date('2026-07-01T00:00:01Z')))
  t.notOk(isStale(list({ nextUpdate: null }), new Date('2099-01-01')))
})
