import { test } from 'tap'
import { approvalRules, destinationRules } from '../../../gateway/routing/dated-rules.ts'
import { routeTargets } from '../../../gateway/routing/route-targets.ts'
import { routingTable } from '../../../gateway/routing/routing-table.ts'
import { states } from '../../../gateway/routing/states.ts'

const eu = 'e4*2018/858*99001*00'
const gb = 'g11*2018/858*99001*00'
const site = routingTable.parse({
  environment: 'production',
  accessPoints: [
    { country: 'NL', accessPoint: 'nl-rdw', makers: ['Example  Bodies'] },
    { country: 'D', accessPoint: 'de-kba' },
    { country: 'GB', accessPoint: 'gb-vca' },
    { country: 'N', accessPoint: 'no-vegvesen' },
  ],
  twins: [{ approval: 'e4*2018/858*99001', also: gb, issued: '2026-03-02', destination: ['UK'] }],
})
const ask = (input: Omit<Parameters<typeof routeTargets>[0], 'table'>, table = site) =>
  routeTargets({ ...input, table })
const where = (...args: Parameters<typeof ask>) =>
  ask(...args).targets.map((t) => `${t.profile} ${t.accessPoint}${t.overEucaris ? ` > ${t.overEucaris.join()}` : ''}`)
const codes = (...args: Parameters<typeof ask>) => ask(...args).findings.map((f) => `${f.severity} ${f.code}`)

test('the tables name each state that grants approvals, with a source, and every date is one', (t) => {
  for (const state of states)
    for (const code of state.approvalCodes) {
      const rule = approvalRules.find((r) => r.code === code)
      t.equal(rule?.state, state, code)
      t.equal(rule?.profile, state.area === 'GB' ? 'UK' : 'EU', code)
    }
  for (const rule of [...approvalRules, ...destinationRules]) {
    t.ok(rule.source.length > 10, JSON.stringify(rule))
    for (const day of [rule.from, rule.to]) if (day !== undefined) t.match(day, /^20\d\d-[01]\d-[0-3]\d$/)
  }
  t.end()
})

test('a maker that is not registered goes to the next access point, and it is said', (t) => {
  t.same(where({ typeApprovalNumber: eu, maker: 'example bodies' }), ['EU nl-rdw'])
  const other = ask({ typeApprovalNumber: eu, maker: 'Another Maker' }).targets[0]
  t.equal(other?.accessPoint, 'de-kba')
  t.match(other?.reasons[1], /Another Maker is not registered at nl-rdw/)
  const only = routingTable.parse({
    environment: 'production',
    accessPoints: [{ country: 'NL', accessPoint: 'nl-rdw', makers: ['Example Bodies'] }],
  })
  t.same(ask({ typeApprovalNumber: eu, maker: 'Another Maker' }, only), {
    targets: [],
    findings: [
      {
        code: 'ROUTE-008',
        layer: 'mapping',
        severity: 'error',
        path: '/InitialVehicleInformation/CocDataGroup/TypeApprovalNumber',
        message: 'Another Maker is not registered at any access point that takes a document of profile EU: nl-rdw.',
      },
    ],
  })
  t.end()
})

test('who is behind a foreign access point retrieves the document over EUCARIS', (t) => {
  t.same(where({ typeApprovalNumber: eu, destination: 'F' }), ['EU nl-rdw > FR'])
  t.same(where({ typeApprovalNumber: 'e2*2018/858*1*00', destination: 'E' }), ['EU nl-rdw > FR,ES'])
  t.match(
    ask({ typeApprovalNumber: eu, destination: 'F' }).targets[0]?.reasons.at(-1),
    /France retrieves it there over EUCARIS/,
  )
  t.same(where({ typeApprovalNumber: eu, destination: 'NL' }), ['EU nl-rdw'])
  t.end()
})

test('Norway is preregistered besides the EU document where its access point is set up, since that began', (t) => {
  t.same(where({ typeApprovalNumber: eu, destination: 'NO' }), ['EU nl-rdw > NO', 'NO no-vegvesen'])
  t.same(codes({ typeApprovalNumber: eu, destination: 'NO' }), [])
  t.same(where({ typeApprovalNumber: eu, destination: 'NO', on: '2022-08-31' }), ['EU nl-rdw > NO'])
  const without = routingTable.parse({ environment: 'production', accessPoints: [], otherwise: 'simulated' })
  t.same(where({ typeApprovalNumber: eu, destination: 'NO' }, without), ['EU simulated'])
  t.same(codes({ typeApprovalNumber: eu, destination: 'NO' }, without), ['info ROUTE-007'])
  t.end()
})

test('a vehicle that is approved twice gets both documents', (t) => {
  t.same(where({ typeApprovalNumber: eu, destination: 'UK' }), ['EU nl-rdw', 'UK gb-vca'])
  t.same(ask({ typeApprovalNumber: eu, destination: 'UK' }).targets[1]?.approval, { number: gb, issued: '2026-03-02' })
  t.same(codes({ typeApprovalNumber: eu, destination: 'UK' }), [], 'nothing is missing then')
  t.same(where({ typeApprovalNumber: eu, destination: 'NL' }), ['EU nl-rdw'], 'the twin is for Great Britain only')
  const otherApprovals = [{ number: 'n11*2018/858*5*01' }]
  t.same(where({ typeApprovalNumber: eu, destination: 'IRL', otherApprovals }), ['EU nl-rdw > IE', 'UK gb-vca'])
  const noVca = routingTable.parse({
    environment: 'production',
    otherwise: undefined,
    accessPoints: [{ country: 'NL', accessPoint: 'nl-rdw' }],
  })
  t.same(where({ typeApprovalNumber: eu, otherApprovals }, noVca), ['EU nl-rdw'], 'its own document goes all the same')
  t.same(codes({ typeApprovalNumber: eu, otherApprovals }, noVca), ['warning ROUTE-004'])
  t.end()
})

test('what changes on a day can be tried in advance', (t) => {
  const trailer = { typeApprovalNumber: 'e1*2018/858*7*00', destination: 'GB', category: 'O4' }
  t.same(codes({ ...trailer, on: '2027-01-31' }), ['info ROUTE-010'])
  t.same(codes({ ...trailer, on: '2027-02-01' }), ['warning ROUTE-006'])
  t.same(codes({ ...trailer, category: 'N2', on: '2026-02-01' }), ['warning ROUTE-006'])
  t.same(codes({ ...trailer, category: 'N2', on: '2026-01-31' }), [])
  t.same(codes({ typeApprovalNumber: 'g11*1*7*00', on: '2020-12-31' }), ['error ROUTE-002'])
  t.same(codes({ typeApprovalNumber: 'g11*1*7*00', category: 'L3e' }), ['error ROUTE-009'])
  const moving = routingTable.parse({
    environment: 'production',
    otherwise: 'nl-rdw',
    rules: [{ from: '2027-07-01', category: ['N'], accessPoint: 'de-kba', reason: 'The new contract.' }],
  })
  t.same(where({ typeApprovalNumber: eu, category: 'N2', on: '2027-06-30' }, moving), ['EU nl-rdw'])
  t.same(where({ typeApprovalNumber: eu, category: 'N2', on: '2027-07-01' }, moving), ['EU de-kba'])
  t.same(where({ typeApprovalNumber: eu, category: 'M1', on: '2027-07-01' }, moving), ['EU nl-rdw'])
  t.end()
})
