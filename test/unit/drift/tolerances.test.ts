import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { drift } from '../../../gateway/config/parts/drift.ts'
import { payloadRules } from '../../../gateway/drift/payload.ts'
import { lawfulTolerances } from '../../../gateway/drift/tolerance-table.ts'
import { toleranceFor } from '../../../gateway/drift/tolerance.ts'
import { elementOf } from '../../../gateway/ivi/catalogue.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/drift.md'), 'utf8')

/** The rows of the table on the page under that head. */
const tableUnder = (head: string): string[][] => {
  const [, after = ''] = page.split(`${head}\n`)
  const rows = after.split('\n').slice(1)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test('the page prints every tolerance with its article', async (t) => {
  const rows = lawfulTolerances.map((row) => [
    `\`${row.field}\``,
    row.categories.join(' '),
    row.vehicles,
    row.percent,
    row.article,
  ])
  t.ok(rows.length > 10)
  t.strictSame(tableUnder('| field | categories | vehicles | percent | article |'), rows)
  for (const { field } of lawfulTolerances) t.ok(elementOf(field), field)
})

test('the page prints every least payload', async (t) => {
  const head =
    '| categories | designation | kg per passenger | further kg per person | further kg per metre | with coupling | article |'
  t.strictSame(
    tableUnder(head),
    payloadRules.map((rule) => [
      rule.categories.join(' '),
      rule.special === '' ? 'all others' : `\`${rule.special}\``,
      ...[rule.personKg, rule.perPersonKg, rule.perMetreKg].map(String),
      rule.withCoupling ? 'yes' : 'no',
      rule.article,
    ]),
  )
})

const of = (field: string, category: string, isSpecialPurpose = false) =>
  toleranceFor(field, { category, isSpecialPurpose }).text

test('the tolerance follows field, category and purpose', async (t) => {
  t.equal(of('MassInRunningOrder', 'N2'), '3')
  t.equal(of('MassInRunningOrder', 'M1', true), '5')
  t.equal(of('Length', 'M1', true), '3', 'the 5 % are for masses')
  t.equal(of('Wheelbase', 'N2', true), '0')
  t.equal(of('TechnicallyPermissibleMaximumLadenMass', 'O4'), '0')
  for (const category of ['L5e', 'T1a', 'R2a', '']) t.equal(of('MassInRunningOrder', category), '0', category)
})

test('the strictest own limit counts, for its categories only', async (t) => {
  const { limits } = drift.parse({
    limits: [
      { field: 'MassInRunningOrder', percent: 2, refuseAbove: 9 },
      { field: 'MassInRunningOrder', categories: ['N2'], percent: 1.5 },
      { field: 'MassInRunningOrder', categories: ['N'], refuseAbove: 8 },
    ],
  })
  const own = (category: string, isSpecialPurpose = false) =>
    toleranceFor('MassInRunningOrder', { category, isSpecialPurpose }, limits)
  t.match(own('N2'), { text: '1.5', micro: 1_500_000, refuseMicro: 8_000_000 })
  t.match(own('N1'), { text: '2', refuseMicro: 8_000_000 })
  t.match(own('M1', true), { text: '2', refuseMicro: 9_000_000 })
  t.match(toleranceFor('Length', { category: 'N2', isSpecialPurpose: false }, limits), {
    text: '3',
    refuseMicro: undefined,
  })
})

test('a limit that is laxer than the law is no configuration', async (t) => {
  const parses = (limit: object) => drift.safeParse({ limits: [limit] }).success
  t.ok(parses({ field: 'MassInRunningOrder', percent: 5 }), 'lawful for special-purpose vehicles')
  t.notOk(parses({ field: 'MassInRunningOrder', percent: 5.000001 }))
  t.notOk(parses({ field: 'Height', percent: 3.1 }))
  t.notOk(parses({ field: 'Wheelbase', percent: 1 }))
  t.notOk(parses({ field: 'Height' }), 'says nothing')
  t.notOk(parses({ field: 'Height', percent: 2, refuseAbove: 1 }))
  t.notOk(parses({ field: 'Height', percent: 1e-7 }))
  t.ok(parses({ field: 'Height', refuseAbove: 20 }))
  t.strictSame(drift.parse({}), { limits: [] })
})

test('an own limit never makes the law laxer', async (t) => {
  const { limits } = drift.parse({ limits: [{ field: 'MassInRunningOrder', percent: 5 }] })
  t.equal(toleranceFor('MassInRunningOrder', { category: 'N2', isSpecialPurpose: false }, limits).text, '3')
})
