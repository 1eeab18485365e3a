import { test } from 'tap'
import { suffices } from '../../../gateway/signers/csc/auth-expression.ts'

test('says whether the secrets at hand are enough for what a credential asks for', async (t) => {
  const cases: [string, string[], boolean][] = [
    ['PIN', ['PIN'], true],
    ['PIN', [], false],
    ['PIN AND OTP', ['PIN'], false],
    ['PIN AND OTP', ['PIN', 'OTP'], true],
    ['PIN OR OTP', ['OTP'], true],
    ['PIN and (OTP or TOKEN)', ['PIN', 'TOKEN'], true],
    ['PIN AND (OTP OR TOKEN)', ['PIN'], false],
    ['PIN XOR OTP', ['PIN', 'OTP'], false],
    ['A OR B AND C', ['A'], true],
    ['A AND B OR C', ['C'], true],
    ['A XOR B AND C', ['A', 'B'], true],
    ['((PIN))', ['PIN'], true],
    ...['', 'PIN AND', 'AND PIN', '(PIN', 'PIN)', 'PIN OTP', '()'].map((text): [string, string[], boolean] => [
      text,
      ['PIN', 'OTP'],
      false,
    ]),
  ]
  for (const [expression, has, expected] of cases)
    t.equal(
      suffices(expression, (id) => has.includes(id)),
      expected,
      `${expression} with ${has.join(', ')}`,
    )
})
