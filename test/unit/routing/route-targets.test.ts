import { test } from 'tap'
import { routeTargets } from '../../../gateway/routing/route-targets.ts'
import { routingTable } from '../../../gateway/routing/routing-table.ts'
import { stateOfApprovalCode, stateOfCountry, states } from '../../../gateway/routing/states.ts'

const eu = (code: string): string => `${code}*2018/858*99001*00`
const sandbox = routingTable.parse({
  environment: 'sandbox',
  rules: [{ accessPoint: 'simulated', reason: 'The sandbox sends to its own access point only.' }],
})
const site = routingTable.parse({
  environment: 'production',
  accessPoints: [
    { country: 'NL', accessPoint: 'nl-rdw' },
    { country: 'D', accessPoint: 'de-kba' },
    { country: 'GB', accessPoint: 'gb-vca' },
  ],
  rules: [
    { approvedBy: ['e3'], destination: ['F', 'ES'], accessPoint: 'it-mit', reason: 'Agreed with Italy.' },
    { approvedBy: ['e3'], accessPoint: 'de-kba', reason: 'Italy goes through Germany.' },
  ],
})
const to = (typeApprovalNumber: string | undefined, destination?: string) =>
  routeTargets({ typeApprovalNumber, destination, table: site })
const where = (...question: Parameters<typeof to>) =>
  to(...question).targets.map(({ profile, accessPoint }) => `${profile} ${accessPoint}`)
const found = (...question: Parameters<typeof to>) => to(...question).findings.map(({ code }) => code)

test('the sandbox sends everything to its simulated access point', (t) => {
  const { targets, findings } = routeTargets({ typeApprovalNumber: eu('e4'), destination: 'NL', table: sandbox })
  t.same(findings, [])
  t.match(targets, [{ profile: 'EU', accessPoint: 'simulated', environment: 'sandbox' }])
  t.same(targets[0]?.reasons, [
    'Approval e4 is of Netherlands: one document of profile EU.',
    'The sandbox sends to its own access point only.',
  ])
  t.end()
})

test('an EU document goes to the access point of the approving state', (t) => {
  t.same(where(eu('e4'), 'D'), ['EU nl-rdw'])
  t.same(where(eu('e1')), ['EU de-kba'])
  t.match(to(eu('e1')).targets[0]?.reasons[1], /Germany.*2021\/133 Article 1/)
  t.end()
})

test('without one for the approving state any in the Union will do: the destination first, then the first', (t) => {
  t.same(where(eu('e9'), 'DE'), ['EU de-kba'])
  t.same(where(eu('e9'), 'E'), ['EU nl-rdw'])
  t.same(where(eu('e9')), ['EU nl-rdw'])
  t.end()
})

test('e24 is Ireland and never goes to the VCA', (t) => {
  t.equal(stateOfApprovalCode('e24')?.iso, 'IE')
  t.same(where(eu('e24'), 'IRL'), ['EU nl-rdw'])
  t.end()
})

test('declared rules come first, the first that matches wins', (t) => {
  t.same(where(eu('e3'), 'FR'), ['EU it-mit'])
  t.same(where(eu('e3'), 'E'), ['EU it-mit'])
  t.same(where(eu('e3'), 'NL'), ['EU de-kba'])
  t.same(where(eu('e3')), ['EU de-kba'])
  t.equal(to(eu('e3')).targets[0]?.reasons[1], 'Italy goes through Germany.')
  t.end()
})

test('GB and UK(NI) approvals make a UK document for the VCA', (t) => {
  t.same(where('g11*2018/858*99001*00', 'UK'), ['UK gb-vca'])
  t.same(where('n11*2018/858*99001*00', 'GB'), ['UK gb-vca'])
  t.same(found('g11*2018/858*99001*00', 'GB'), [])
  t.end()
})

test('a destination that the approval does not open is said', (t) => {
  t.same(where(eu('e4'), 'GB'), ['EU nl-rdw'])
  t.same(found(eu('e4'), 'GB'), ['ROUTE-006'])
  t.same(found('g11*2018/858*99001*00', 'F'), ['ROUTE-006'])
  t.same(found(eu('e4'), 'N'), ['ROUTE-007'])
  t.same(where(eu('e4'), 'NO'), ['EU nl-rdw'])
  t.same(found(eu('e4'), 'USA'), ['ROUTE-005'])
  t.end()
})

test('without an approval number the destination decides', (t) => {
  t.same(where(undefined, 'D'), ['EU de-kba'])
  t.same(where(undefined, 'uk'), ['UK gb-vca'])
  t.same(found(undefined), ['ROUTE-003'])
  t.end()
})

test('what cannot be routed is an error with no target', (t) => {
  const refused = [
    ['99001', 'ROUTE-001'],
    ['E4*2018/858*99001*00', 'ROUTE-001'],
    [eu('e11'), 'ROUTE-002'],
    [eu('e10'), 'ROUTE-002'],
  ] as const
  for (const [number, code] of refused) {
    const { targets, findings } = to(number)
    t.same(targets, [])
    t.match(findings, [{ code, severity: 'error' }])
  }
  const empty = routingTable.parse({ environment: 'acceptance' })
  t.match(routeTargets({ typeApprovalNumber: eu('e4'), table: empty }), {
    targets: [],
    findings: [{ code: 'ROUTE-004' }],
  })
  const last = routingTable.parse({ environment: 'acceptance', otherwise: 'drop' })
  t.equal(routeTargets({ typeApprovalNumber: eu('e4'), table: last }).targets[0]?.accessPoint, 'drop')
  t.end()
})

test('codes are unique and both kinds of country code are understood', (t) => {
  const codes = states.flatMap((state) => state.approvalCodes)
  t.equal(new Set(codes).size, codes.length)
  t.equal(states.filter((state) => state.area === 'EU').length, 27)
  for (const state of states) {
    t.equal(stateOfCountry(state.iso), state)
    t.equal(stateOfCountry(state.vienna.toLowerCase()), state)
  }
  t.equal(stateOfCountry('EL'), undefined)
  t.end()
})

test('a routing table is checked before it is used', (t) => {
  const bad = [
    { environment: 'production', acessPoints: [] },
    { environment: 'somewhere' },
    { environment: 'production', accessPoints: [{ country: 'XX', accessPoint: 'x' }] },
    { environment: 'production', rules: [{ approvedBy: ['e11'], accessPoint: 'x', reason: 'r' }] },
    { environment: 'production', otherwise: '../x' },
  ]
  for (const table of bad) t.equal(routingTable.safeParse(table).success, false)
  t.end()
})
