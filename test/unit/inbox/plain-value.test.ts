import { test } from 'tap'
import { checkRow } from '../../../gateway/inbox/check-row.ts'
import { plainValue } from '../../../gateway/inbox/plain-value.ts'

test('what a field calls empty is nothing', async (t) => {
  const field = { empty: ['00000000', '9999-12-31'] }
  t.equal(plainValue(' 00000000 ', field), '')
  t.equal(plainValue('9999-12-31', field), '')
  t.equal(plainValue('000000000', field), '000000000', 'nothing that only looks like it')
  t.equal(plainValue('00000000', {}), '00000000', 'and nothing where it is not declared')
})

test('a minus behind a number goes before it, where the field says so', async (t) => {
  const field = { sign: 'trailing' } as const
  t.equal(plainValue('12,50-', field), '-12,50')
  t.equal(plainValue('12,50', field), '12,50')
  t.equal(plainValue('12,50-', {}), '12,50-')
  for (const odd of ['-', '-12-', 'A-', '12--']) t.equal(plainValue(odd, field), odd, 'is left to the check')
})

const layout = {
  format: 'csv' as const,
  fields: [
    { name: 'VIN', type: 'vin' as const, required: true },
    { name: 'DAY', type: 'date' as const, required: true, format: 'YYYYMMDD', empty: ['00000000'] },
    { name: 'DIFF', type: 'decimal' as const, required: false, sign: 'trailing' as const },
  ],
  recordKey: ['VIN'],
  vin: 'VIN',
}
const row = (DAY: string, DIFF: string) => ({
  line: 2,
  cells: [],
  fields: { VIN: 'WEXCAB00000000001', DAY, DIFF },
})

test('a record holds plain values, so that mapping need not know the dialect', async (t) => {
  t.match(checkRow(row('20260705', '1.5-'), layout), { fields: { DAY: '20260705', DIFF: '-1.5' } })
  t.match(checkRow(row('20260705', '-1.5'), layout), checkRow(row('20260705', '1.5-'), layout), 'the same content')
})

test('a required date that is a sentinel is missing, not a day', async (t) => {
  t.match(checkRow(row('00000000', ''), layout), { problems: [{ code: 'INB-020', field: 'DAY' }] })
})
