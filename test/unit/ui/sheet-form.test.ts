import { test } from 'tap'
import { makeEntry } from '../../../gateway/approvals/entry.ts'
import { lacksOf } from '../../../gateway/base/sheet-document.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { sheetFrom, vinList } from '../../../ui/common/sheet-form.ts'

const typed = {
  ...{ approval: 'e4*2018/858*99001*00', type: 'EXC5', variant: 'CC50D', version: 'D3750' },
  ...{ ManufacturerName: 'Example Chassis', VehicleCategory: 'N2', StageOfCompletion: 'I', Wheelbase: ' 3750 ' },
  ...{ MassInRunningOrderIncomplete: '2150', TechnicallyPermissibleMaximumLadenMass: '5000', MinimumMassCompleted: '' },
  ...{ 'axle.1.TechnicallyPermissibleMassAxle': '2100', 'axle.1.AxleSpacing': '3750' },
  ...{ 'axle.2.TechnicallyPermissibleMassAxle': '3500', further: 'FuelType = M\n\n', vins: 'a, b' },
}

test('what the form makes is a data sheet that the gateway takes', async (t) => {
  const { sheet, unread } = sheetFrom(typed)
  t.same(unread, [])
  t.same(sheet.vins, ['A', 'B'])
  const { approval, type, variant, version, values } = sheet
  const faults: string[] = []
  const data = makeEntry(
    { approval, type, variant, version, values, validFrom: '2000-01-01' },
    (code, path, text) => void faults.push(`${code} ${path.join('.')} ${text}`),
  )
  t.same(faults, [])
  t.same(lacksOf(data!.values), [])
  t.equal(valueAt(data!.values, 'FuelType'), 'M')
  t.equal(valueAt(data!.values, 'MinimumMassCompleted'), undefined, 'an empty field says nothing')
  t.same(
    rowsOf(data!.values, 'AxleGroup').map((row) => row['TechnicallyPermissibleMassAxle']),
    ['2100', '3500'],
  )
})

test('a further item that says nothing is told', async (t) => {
  t.same(sheetFrom({ ...typed, further: 'FuelType = M\nwhat is this' }).unread, ['what is this'])
})

test('VINs are read as they are pasted', async (t) => {
  t.same(vinList('xex1\nXEX2;XEX3  XEX4 - XEX9,\n'), ['XEX1', 'XEX2', 'XEX3', 'XEX4-XEX9'])
  t.same(vinList('  '), [])
})
