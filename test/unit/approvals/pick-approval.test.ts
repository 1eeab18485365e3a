import fc from 'fast-check'
import { test } from 'tap'
import { pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import type { ApprovalData } from '../../../gateway/contract/flow.ts'

const day = fc.integer({ min: 0, max: 60 }).map((n) => new Date(Date.UTC(2026, 5, 1 + n)).toISOString().slice(0, 10))
const approval: fc.Arbitrary<ApprovalData> = fc.record({
  approval: fc
    .tuple(
      fc.constantFrom('e4*2018/858*00001', 'e1*2018/858*00002', 'e4*2007/46*0003'),
      fc.integer({ min: 0, max: 12 }),
    )
    .map(([base, extension]) => `${base}*${String(extension).padStart(2, '0')}`),
  type: fc.constant('T'),
  variant: fc.constantFrom('V', 'W'),
  version: fc.constant('1'),
  validFrom: day,
  values: fc.constant({}),
  facts: fc.constant({}),
})
const list = fc.uniqueArray(approval, { maxLength: 12, selector: (a) => `${a.approval}|${a.variant}|${a.validFrom}` })
const keyOn = (dateOfManufacture: string) => ({ type: 'T', variant: 'V', version: '1', dateOfManufacture })
const parts = (a: ApprovalData): [string, number] => {
  const at = a.approval.lastIndexOf('*')
  return [a.approval.slice(0, at), Number(a.approval.slice(at + 1))]
}

test('nothing is picked that is valid only after the vehicle was made, or of another variant', async (t) => {
  fc.assert(
    fc.property(list, day, (all, built) => {
      const picked = pickApproval(all, keyOn(built))
      const fitting = all.filter((a) => a.variant === 'V' && a.validFrom <= built)
      return picked === undefined ? fitting.length === 0 : fitting.includes(picked)
    }),
  )
  t.pass()
})

test('of one approval the highest extension that holds is picked, by number and not by text', async (t) => {
  fc.assert(
    fc.property(list, day, (all, built) => {
      const picked = pickApproval(all, keyOn(built))
      if (!picked) return true
      const [base, extension] = parts(picked)
      return all.every((a) => {
        const [otherBase, otherExtension] = parts(a)
        return a.variant !== 'V' || a.validFrom > built || otherBase !== base || otherExtension <= extension
      })
    }),
  )
  t.pass()
})

test('the order in which master data was imported does not matter', async (t) => {
  fc.assert(
    fc.property(
      list.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      day,
      ([all, shuffled], built) => pickApproval(all, keyOn(built)) === pickApproval(shuffled, keyOn(built)),
    ),
  )
  t.pass()
})

test('an older extension that comes later changes nothing for vehicles that have a newer one', async (t) => {
  fc.assert(
    fc.property(list, approval, day, (all, late, built) => {
      const before = pickApproval(all, keyOn(built))
      if (!before || parts(late)[0] !== parts(before)[0] || parts(late)[1] >= parts(before)[1]) return true
      return pickApproval([...all, late], keyOn(built)) === before
    }),
  )
  t.pass()
})

test('a vehicle made before an extension keeps the older one', async (t) => {
  const of = (extension: string, validFrom: string): ApprovalData => ({
    approval: `e4*2018/858*00001*${extension}`,
    type: 'T',
    variant: 'V',
    version: '1',
    validFrom,
    values: {},
    facts: {},
  })
  const all = [of('00', '2025-01-01'), of('02', '2026-06-01'), of('10', '2026-07-01')]
  const on = (built: string) => pickApproval(all, keyOn(built))?.approval.slice(-2)
  t.equal(on('2026-05-31'), '00')
  t.equal(on('2026-06-01'), '02')
  t.equal(on('2026-07-01'), '10')
  t.equal(on('2024-12-31'), undefined)
})
