import { test } from 'tap'
import { findElement, ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { parseTarget } from '../../../gateway/mapping/target.ts'
import { bestSuggestions, suggestion } from '../../../gateway/workbench/suggest.ts'
import { fieldWords } from '../../../gateway/workbench/words-of.ts'

const leaves = [...ivi20.elements.values()].filter((e) => e.leaf).map((e) => e.name)
const first = (field: string, value = '') => bestSuggestions([[field, value]], leaves, 'N2')[0]

test('names in three languages, shortened or not, find their element', async (t) => {
  for (const [field, value, element] of [
    ['WB_MM', '3500', 'Wheelbase'],
    ['Radstand', '3500', 'Wheelbase'],
    ['empattement', '3500', 'Wheelbase'],
    ['FAHRZEUGLAENGE', '6800', 'Length'],
    ['vehLength', '6800', 'Length'],
    ['BREITE_CM', '255', 'Width'],
    ['MASS_RO', '2893', 'MassInRunningOrder'],
    ['MASS_NOW_T', '2,9', 'ActualMass'],
    ['vmax', '90', 'MaximumSpeed'],
    ['hubraum', '1998', 'EngineCapacity'],
    ['LAND', 'D', 'IntendedCountryRegistration'],
  ] as const)
    t.equal(first(field, value)?.element, element, field)
})

test('a unit that the name says is converted, one of another quantity speaks against it', async (t) => {
  t.equal(
    suggestion('L_M', '6,8', 'Length', 'N2')?.line,
    'Length: { field: L_M, unit: { from: m, to: mm }, round: half-up }',
  )
  t.equal(suggestion('LENGTH_MM', '6800', 'Length', 'N2')?.line, 'Length: { field: LENGTH_MM }')
  t.ok(
    (suggestion('LENGTH_MM', '1', 'Length', 'N2')?.score ?? 0) >
      (suggestion('LENGTH_KG', '1', 'Length', 'N2')?.score ?? 0),
  )
  t.strictSame(fieldWords('config.MASS_AX1_KG'), { words: ['mass', 'axle', '1'], unit: 'kg' })
  t.strictSame(fieldWords('t'), { words: ['t'], unit: undefined }, 'a name that is a unit says nothing')
})

test('a value that cannot be the element speaks against it', async (t) => {
  t.ok(suggestion('wheelbase', '3500', 'Wheelbase', 'N2'))
  t.equal(suggestion('wheelbase', 'long', 'Wheelbase', 'N2'), undefined)
  t.equal(suggestion('date of manufacture', 'red', 'DateManufactureVehicle', 'N2'), undefined)
})

test('names of nothing suggest nothing', async (t) => {
  for (const field of ['XQZ', 'ZZTOP_KG', '', '…']) t.equal(first(field, '1'), undefined, field)
})

test('every line that is suggested is one a mapper can have', async (t) => {
  for (const name of leaves) {
    const line = suggestion(name, '', name, 'N2')?.line ?? ''
    const place = line.slice(0, line.indexOf(':'))
    t.notOk('problem' in parseTarget(place), `${name}: ${line}`)
    t.ok(findElement(name))
  }
})

test('a record with very many or very long names keeps nobody waiting', async (t) => {
  const start = process.cpuUsage()
  const many = Array.from({ length: 20_000 }, (_, i): [string, string] => [`wheelbase_${i}`, '1'])
  t.equal(bestSuggestions([...many], ['Wheelbase'], 'N2').length, 3)
  t.ok(bestSuggestions([['wheelbase_'.repeat(50_000), '1']], leaves, 'N2').length <= 3)
  const { user, system } = process.cpuUsage(start)
  t.ok(user + system < 5_000_000, `took ${(user + system) / 1e6} s`)
})
