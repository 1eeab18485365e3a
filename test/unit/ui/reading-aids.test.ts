import fc from 'fast-check'
import { test } from 'tap'
import { may, roles, permissionsOf } from '../../../gateway/http/auth/roles.ts'
import { verbsOf } from '../../../gateway/http/views/ecoc-view.ts'
import { driftRow } from '../../../ui/common/drift-row.ts'
import { hashOf, parseRoute, type Route } from '../../../ui/common/route.ts'
import { states } from '../../../ui/common/states.ts'
import { flattenFields, shortHash, shortPath, vinParts } from '../../../ui/common/text.ts'
import { allowedVerbs } from '../../../ui/common/verbs.ts'

test('an address leads to its page and back', async (t) => {
  const route = fc.oneof(
    fc.record({ page: fc.constant('overview' as const), q: fc.string(), state: fc.constantFrom(undefined, ...states) }),
    fc.record({ page: fc.constant('ecoc' as const), id: fc.uuid() }),
    fc.record({ page: fc.constant('flows' as const) }),
    fc.record({ page: fc.constant('sign-offs' as const), state: fc.constantFrom('open' as const, 'decided' as const) }),
    fc.record({ page: fc.constant('sign-off' as const), id: fc.uuid() }),
    fc.record({ page: fc.constant('bases' as const) }),
    fc.record({ page: fc.constant('base' as const), vin: fc.stringMatching(/^[A-Z0-9]{17}$/) }),
    fc.record({ page: fc.constant('base-sheet' as const), id: fc.uuid() }),
    fc.record({ page: fc.constant('flow' as const), flow: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/) }),
  )
  fc.assert(fc.property(route, (r: Route) => t.same(parseRoute(hashOf(r)), r)))
  for (const hash of ['', '#', '#/', '#/nowhere', '#/ecocs/', '#/ecocs/a/b', '#/?state=nope'])
    t.same(parseRoute(hash), { page: 'overview', q: '', state: undefined }, hash)
})

test('a VIN falls into three parts and loses nothing', async (t) => {
  t.same(vinParts('XEB35N2CCT0100001'), ['XEB', '35N2CC', 'T0100001'])
  fc.assert(fc.property(fc.string(), (s) => vinParts(s).join('') === s))
})

test('hashes and paths are short, and short ones whole', async (t) => {
  t.equal(shortHash('a'.repeat(58) + 'bcdefg'), 'aaaaaaaa…bcdefg')
  t.equal(shortHash('abc'), 'abc')
  t.equal(shortPath('/InitialVehicleInformation/CocDataGroup/Length'), 'CocDataGroup / Length')
  t.equal(shortPath('/'), '/')
  t.equal(shortPath('MASS_RO'), 'MASS_RO')
})

test('a nested record is read line by line', async (t) => {
  t.same(flattenFields({ A: '1', B: { C: '2', D: [{ E: '3' }, { E: '4' }] }, F: null }), [
    { name: 'A', value: '1' },
    { name: 'B.C', value: '2' },
    { name: 'B.D[1].E', value: '3' },
    { name: 'B.D[2].E', value: '4' },
    { name: 'F', value: 'null' },
  ])
})

test('drift is told as measured against what was expected', async (t) => {
  const params = { measured: '5736', base: '4898', expected: '5510', deviation: '4.1', tolerance: '3' }
  t.same(driftRow({ params }), {
    measured: '5736',
    against: 'expected',
    reference: '5510',
    base: '4898',
    deviation: '4.1',
    tolerance: '3',
  })
  t.match(driftRow({ params: { measured: '4300', base: '4325', tolerance: '0' } }), {
    against: 'base',
    reference: '4325',
  })
  t.match(driftRow({ params: { measured: '19000', limit: '18000' } }), {
    against: 'limit',
    reference: '18000',
    deviation: '',
  })
  t.equal(driftRow({ params: { name: 'x' } }), undefined)
  t.equal(driftRow({}), undefined)
})

test('only those verbs are offered that the gateway would let the person use', async (t) => {
  for (const role of roles)
    for (const state of states)
      t.same(
        allowedVerbs([...verbsOf({ state, proposal_of: null })], permissionsOf(role)),
        verbsOf({ state, proposal_of: null }).filter((v) => may(role, v === 'sign-off' ? 'signOff' : 'operate')),
      )
  t.same(allowedVerbs(['sign-off', 'replay'], ['read', 'signOff']), ['sign-off'])
})
