import { test } from 'tap'
import { groupRejections, normaliseText, type RejectedVehicle } from '../../../gateway/receipts/group-rejections.ts'

const vehicle = (
  n: number,
  ...messages: { code: string; text: string; severity?: 'error' | 'warning' }[]
): RejectedVehicle => ({
  id: `id-${n}`,
  vin: `EXZCHASS5NL00010${n}`,
  accessPoint: 'nl-rdw',
  at: `2026-11-22T10:00:0${n}.000Z`,
  receipt: { messages: messages.map((m) => ({ severity: 'error', ...m })) },
  reason: 'rejected',
})

test('what differs between vehicles falls out of a text', (t) => {
  const same = [
    'Length "6800" of EXZCHASS5NL000101 exceeds 6,750 mm.',
    'Length “6,810” of EXZCHASS5NL000102  exceeds 6,750.5 mm.',
  ].map(normaliseText)
  t.equal(same[0], same[1])
  t.equal(
    normaliseText('Approval e4*2018/858*1*00 of 4bc5ed1e-3a2b-4c4d-8e5f-0123456789ab'),
    normaliseText('Approval e1*2018/858*9*01 of ffc5ed1e-3a2b-4c4d-8e5f-0123456789ab'),
  )
  t.not(normaliseText('The length is missing'), normaliseText('The width is missing'))
  t.end()
})

test('one cause over many vehicles is one thing to mend', (t) => {
  const unknown = (n: number) => ({ code: 'IVI-1207', text: `TypeApprovalNumber "e4*2018/858*${n}*00" is not known.` })
  const length = { code: 'IVI-0031', text: 'Length is out of range.' }
  const vehicles = [1, 2, 3, 4].map((n) => vehicle(n, unknown(n)))
  const groups = groupRejections([
    ...vehicles,
    vehicle(5, length, unknown(5)),
    vehicle(6, { code: 'IVI-0310', text: 'Colour is other', severity: 'warning' }, length),
    { ...vehicle(7, unknown(7)), accessPoint: 'de-kba' },
    { ...vehicle(8), receipt: undefined, reason: 'no message' },
  ])
  t.same(
    groups.map((g) => [g.accessPoint, g.code, g.element, g.vehicles.length]),
    [
      ['nl-rdw', 'IVI-1207', 'TypeApprovalNumber', 5],
      ['nl-rdw', 'IVI-0031', 'Length', 2],
      ...groups.slice(2).map((g) => [g.accessPoint, g.code, g.element, 1]),
    ],
  )
  t.equal(groups.length, 4)
  t.equal(new Set(groups.map((g) => g.key)).size, 4)
  t.equal(groups[0]?.key, groupRejections(vehicles)[0]?.key, 'the same cause has the same key tomorrow')
  t.end()
})
