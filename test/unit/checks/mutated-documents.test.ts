import { test } from 'tap'
import { compareVerdicts } from '../../support/valid-documents/compare-verdicts.ts'
import { referenceSkip } from '../../support/ivi-samples.ts'

// `npm run prove:mutations` judges ten thousand, with another seed each time.
test('randomly changed documents get the verdict of the reference schema', { skip: referenceSkip }, async (t) => {
  const { valid, invalid, different } = await compareVerdicts(322, 20_260_226)
  t.same(
    different.map(({ name, valid: reference, findings }) => ({ name, reference, findings })),
    [],
  )
  t.ok(valid > 80 && invalid > 80, 'both verdicts occur often', { valid, invalid })
})
