import fc from 'fast-check'
import { test } from 'tap'
import { fromMicro, toMicro } from '../../../gateway/support/decimal.ts'

test('millionths are exact and come back as written', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (micro) => {
      return toMicro(fromMicro(micro)) === micro
    }),
  )
  t.equal(toMicro('73.0'), 73_000_000)
  t.equal(toMicro('-0.5'), -500_000)
  t.equal(toMicro(' 0042 '), 42_000_000)
  t.equal(fromMicro(73_500_000), '73.5')
  t.equal(fromMicro(-1), '-0.000001')
  t.end()
})

test('what is no decimal of IVI is no number', (t) => {
  for (const text of ['', ' ', '1e3', '1,5', '.5', '5.', '0x10', 'NaN', 'Infinity', '1.0000001', '1234567890', '--1']) {
    t.equal(toMicro(text), undefined, text)
  }
  t.end()
})
