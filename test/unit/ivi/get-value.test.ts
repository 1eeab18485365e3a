import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { leavesOf, rowsOf, valueAt, valuesAt } from '../../../gateway/ivi/get-value.ts'

const tyre = (size: string): IviTree => ({ TyreNumber: '1', TyreSize: size })
const document: IviTree = {
  CocDataGroup: {
    Type: 'T',
    MassGroup: { ActualMass: '2946' },
    MakeTable: { MakeGroup: [{ Make: 'FIRST' }, { Make: 'SECOND' }] },
    AxleTable: {
      AxleGroup: [
        { AxleNumber: '1', TyreAxleTable: { TyreAxleGroup: [tyre('a'), tyre('b')] } },
        { AxleNumber: '2', AxleSpacing: '4035', TyreAxleTable: { TyreAxleGroup: [tyre('c')] } },
      ],
    },
  },
}

test('a value is found by its element name alone', async (t) => {
  t.equal(valueAt(document, 'Type'), 'T')
  t.equal(valueAt(document, 'ActualMass'), '2946')
  t.equal(valueAt(document, 'Make'), 'FIRST')
  t.equal(valueAt(document, 'AxleSpacing'), '4035')
  t.equal(valueAt(document, 'Length'), undefined)
  t.equal(valueAt({}, 'Length'), undefined)
  t.throws(() => valueAt(document, 'Lenght'), { code: 'IVI-011' })
})

test('rows are found from the document and from an outer row', async (t) => {
  t.strictSame(rowsOf(document, 'AxleTable'), rowsOf(document, 'AxleGroup'))
  const [first, second] = rowsOf(document, 'AxleTable')
  t.equal(valueAt(second!, 'AxleSpacing'), '4035')
  t.equal(valueAt(first!, 'AxleSpacing'), undefined)
  t.strictSame(valuesAt(first!, 'TyreSize'), ['a', 'b'])
  t.strictSame(valuesAt(document, 'TyreSize'), ['a', 'b', 'c'])
  t.equal(rowsOf(second!, 'TyreAxleTable').length, 1)
  t.strictSame(rowsOf(document, 'MassGroup'), [{ ActualMass: '2946' }])
  t.strictSame(rowsOf(document, 'ColourTable'), [])
})

test("every leaf is listed with its path, in the catalogue's order", async (t) => {
  t.strictSame(
    [...leavesOf(document)].map(
      ({ path, value }) => `${path.replace('/InitialVehicleInformation/CocDataGroup', '')}=${value}`,
    ),
    [
      '/Type=T',
      '/MakeTable/MakeGroup[1]/Make=FIRST',
      '/MakeTable/MakeGroup[2]/Make=SECOND',
      '/MassGroup/ActualMass=2946',
      '/AxleTable/AxleGroup[1]/AxleNumber=1',
      '/AxleTable/AxleGroup[1]/TyreAxleTable/TyreAxleGroup[1]/TyreNumber=1',
      '/AxleTable/AxleGroup[1]/TyreAxleTable/TyreAxleGroup[1]/TyreSize=a',
      '/AxleTable/AxleGroup[1]/TyreAxleTable/TyreAxleGroup[2]/TyreNumber=1',
      '/AxleTable/AxleGroup[1]/TyreAxleTable/TyreAxleGroup[2]/TyreSize=b',
      '/AxleTable/AxleGroup[2]/AxleNumber=2',
      '/AxleTable/AxleGroup[2]/AxleSpacing=4035',
      '/AxleTable/AxleGroup[2]/TyreAxleTable/TyreAxleGroup[1]/TyreNumber=1',
      '/AxleTable/AxleGroup[2]/TyreAxleTable/TyreAxleGroup[1]/TyreSize=c',
    ],
  )
})
