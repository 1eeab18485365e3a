import fc from 'fast-check'
import { test } from 'tap'
import { isDatePattern, makeDateReader } from '../../../gateway/support/date-pattern.ts'

test('a day written by a pattern is read back as the ISO day', async (t) => {
  const read = makeDateReader('DD.MM.YYYY')
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (d) => {
      const iso = d.toISOString().slice(0, 10)
      const [y, m, day] = iso.split('-')
      return read(`${day}.${m}.${y}`) === iso
    }),
  )
  t.equal(makeDateReader('YYYYMMDD')('20260705'), '2026-07-05')
  t.equal(makeDateReader('MM/DD/YYYY')('07/05/2026'), '2026-07-05')
})

test('what is no day of the calendar is no date', async (t) => {
  const read = makeDateReader('DD.MM.YYYY')
  for (const text of [
    '30.02.2026',
    '29.02.2027',
    '00.01.2026',
    '01.13.2026',
    '1.1.2026',
    '05-07-2026',
    '05.07.26',
    '05.07.0026',
    '05x07x2026',
    '',
  ])
    t.equal(read(text), undefined, text)
  t.equal(read('29.02.2028'), '2028-02-29')
})

test('patterns name day, month and year once', async (t) => {
  t.ok(isDatePattern('DD.MM.YYYY'))
  t.ok(isDatePattern('YYYYMMDD'))
  for (const bad of ['DD.MM', 'DD.MM.YY', 'DD.DD.MM.YYYY', 'DDxMMxYYYY', 'YYYY-MM-DDTxx'])
    t.notOk(isDatePattern(bad), bad)
})

test('patterns of databases and forms: months by name, numbers without fixed width, times of day', async (t) => {
  const cases = [
    ['D.M.YYYY', '5.7.2026'],
    ['DD-MON-YYYY', '05-Jul-2026'],
    ['YYYYMMDDHHmmss', '20260705235959'],
    ['YYYY-MM-DD*', '2026-07-05T10:00:00.000Z'],
    ['YYYY-MM-DD*', '2026-07-05'],
  ] as const
  for (const [pattern, text] of cases) {
    t.ok(isDatePattern(pattern), pattern)
    t.equal(makeDateReader(pattern)(text), '2026-07-05', pattern)
  }
  t.equal(makeDateReader('YYYY-MM-DD*')('2026-07-051'), undefined)
  t.equal(makeDateReader('DD-MON-YYYY')('05-Xyz-2026'), undefined)
})

test('what could be read in two ways is no pattern', async (t) => {
  for (const pattern of ['DMYYYY', 'YYYYMD', 'DD.MM.YY', 'DD.DD.YYYY', 'MM.YYYY'])
    t.notOk(isDatePattern(pattern), pattern)
})
