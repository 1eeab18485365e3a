import { test } from 'tap'
import { budgetOf } from '../../../gateway/base/budget.ts'
import type { ApprovalData, IviTree } from '../../../gateway/contract/index.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'

const axle = (AxleNumber: string, has: string, least: string): IviTree => ({
  AxleNumber,
  TechnicallyPermissibleMassAxle: '2000',
  DistributionMassIncompleteAxle: has,
  MinimalPermissibleDistributionMassCompletedAxle: least,
})
const base: IviTree = {
  CocDataGroup: {
    AxleTable: { AxleGroup: [axle('1', '1200', '1100'), axle('2', '800', '900')] },
    MassGroup: {
      MassInRunningOrderIncomplete: '2000',
      MinimumMassCompleted: '2400.5',
      TechnicallyPermissibleMaximumLadenMass: '3500',
    },
  },
}
const approval: ApprovalData = {
  ...{ approval: 'e4*2018/858*99002*00', type: 'T', variant: 'V', version: '1', validFrom: '2026-01-01' },
  values: {},
  facts: { bodyMassMax: '700', lengthMax: '7000' },
}

test('the budget is what the limits leave over what the base has, per axle too', async (t) => {
  const lines = budgetOf(base)
  t.match(lines[0], {
    key: 'mass',
    has: '2000',
    most: '3500',
    left: '1500',
    least: '2400.5',
    missing: '400.5',
    by: 'base',
  })
  t.match(
    lines.filter((line) => line.key === 'axle'),
    [
      { axle: 1, left: '800', missing: undefined },
      { axle: 2, left: '1200', missing: '100' },
    ],
  )
  t.notOk(
    lines.some((line) => line.key === 'length'),
    'where no limit is stated, nothing is claimed',
  )
})

test('a completing approval that is stricter rules', async (t) => {
  const lines = budgetOf(base, approval)
  t.match(
    lines.find((line) => line.key === 'length'),
    { most: '7000', by: 'approval' },
  )
  t.match(
    lines.find((line) => line.key === 'bodyMass'),
    { most: '700', by: 'approval' },
  )
  const lower = {
    ...approval,
    values: { CocDataGroup: { MassGroup: { TechnicallyPermissibleMaximumLadenMass: '3200' } } },
  }
  t.match(budgetOf(base, lower)[0], { most: '3200', left: '1200', by: 'approval' })
})

test('the sample base vehicle has a budget in every quantity that it limits', async (t) => {
  const keys = budgetOf(sampleBaseTree(sampleVin(1))).map((line) => line.key)
  t.ok(keys.includes('mass'))
  t.equal(keys.filter((key) => key === 'axle').length, 2)
  t.strictSame(budgetOf({}), [])
})
