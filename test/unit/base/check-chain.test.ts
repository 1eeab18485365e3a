import { test } from 'tap'
import { checkChain } from '../../../gateway/base/check-chain.ts'
import { checkPairing } from '../../../gateway/base/check-pairing.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { makers, stage } from './chain-sample.ts'

const codes = (trees: readonly IviTree[]): string[] => checkChain(trees).map(({ code }) => code)

test('every chain of up to four stages holds', async (t) => {
  t.strictSame(codes([stage(1, 'I'), stage(2, 'V')]), [])
  t.strictSame(codes([stage(1, 'C'), stage(2, 'V')]), [])
  t.strictSame(codes([stage(1, 'I'), stage(2, 'I'), stage(3, 'V')]), [])
  t.strictSame(codes([stage(1, 'I'), stage(2, 'I'), stage(3, 'I'), stage(4, 'V')]), [])
  t.strictSame(codes([stage(1, 'C')]), [])
  t.strictSame(codes([]), [])
})

test('another VIN is said, and nothing else about that base', async (t) => {
  const other = stage(1, 'I', (coc) => {
    coc['VehicleIdentificationNumber'] = 'XEXAMPLE000000002'
    coc['Type'] = 'OTHER'
  })
  t.match(checkPairing(stage(2, 'V'), other), [
    { code: 'BAS-PAIR-001', severity: 'error', params: { measured: 'XEXAMPLE000000001', base: 'XEXAMPLE000000002' } },
  ])
  t.equal(checkPairing(stage(2, 'V'), other).length, 1)
})

test('a wrong extension has a code of its own, another approval another', async (t) => {
  const extended = stage(1, 'I', (coc) => (coc['TypeApprovalNumber'] = 'e1*2018/858*99001*02'))
  t.match(checkPairing(stage(2, 'V'), extended), [
    {
      code: 'BAS-PAIR-003',
      path: '/InitialVehicleInformation/CocDataGroup/ManufacturerTable/ManufacturerGroup[2]/PreviousStageTypeApprovalNumber',
      params: { measured: 'e1*2018/858*99001*01', expected: 'e1*2018/858*99001*02' },
    },
  ])
  const approved = stage(1, 'I', (coc) => (coc['TypeApprovalNumber'] = 'e1*2018/858*99007*01'))
  t.match(checkPairing(stage(2, 'V'), approved), [{ code: 'BAS-PAIR-004' }])
  for (const name of ['Type', 'Variant', 'Version'])
    t.match(
      checkPairing(
        stage(2, 'V'),
        stage(1, 'I', (coc) => (coc[name] = 'X')),
      ),
      [{ code: 'BAS-PAIR-004', path: new RegExp(`PreviousStage${name}$`) }],
    )
  const silent = stage(2, 'V', (coc) => delete makers(coc)[1]!['PreviousStageVersion'])
  t.match(checkPairing(silent, stage(1, 'I')), [{ code: 'BAS-PAIR-004', message: /says nothing/ }])
})

test('a stage left out or repeated is a wrong stage', async (t) => {
  t.strictSame(codes([stage(1, 'I'), stage(3, 'V')]).slice(0, 1), ['BAS-PAIR-002'])
  t.ok(codes([stage(1, 'I'), stage(1, 'V')]).includes('BAS-PAIR-002'))
  t.match(checkChain([stage(2, 'I'), stage(3, 'V')]), [{ code: 'BAS-PAIR-008', params: { stage: 2 } }])
  const five = [stage(1, 'I'), stage(2, 'I'), stage(3, 'I'), stage(4, 'I'), stage(5, 'V')]
  t.match(checkChain(five), [{ code: 'BAS-PAIR-008', params: { stage: 5 } }])
})

test('an earlier maker that drops out or is changed breaks the chain', async (t) => {
  const renamed = stage(3, 'V', (coc) => (makers(coc)[0]!['ManufacturerName'] = 'Somebody Else'))
  t.match(checkPairing(renamed, stage(2, 'I')), [
    { code: 'BAS-PAIR-005', path: /ManufacturerGroup\[1\]\/ManufacturerName$/, params: { base: 'Example Maker 1' } },
  ])
  const earlier = stage(3, 'V', (coc) => (makers(coc)[1]!['PreviousStageVersion'] = 'VER9'))
  t.match(checkPairing(earlier, stage(2, 'I')), [{ code: 'BAS-PAIR-005', path: /\[2\]\/PreviousStageVersion$/ }])
  const short = stage(3, 'V', (coc) => makers(coc).shift())
  t.match(checkPairing(short, stage(2, 'I')), [{ code: 'BAS-PAIR-005' }, { code: 'BAS-PAIR-005' }])
})

test('stages of completion follow each other', async (t) => {
  const pair = (from: 'I' | 'C' | 'V', to: 'I' | 'C' | 'V') =>
    checkPairing(stage(2, to), stage(1, from)).map(({ code, severity }) => `${code} ${severity}`)
  for (const [from, to] of [
    ['I', 'C'],
    ['C', 'I'],
    ['C', 'C'],
    ['V', 'I'],
    ['V', 'C'],
  ] as const)
    t.strictSame(pair(from, to), ['BAS-PAIR-006 error'], `${from} to ${to}`)
  t.strictSame(pair('V', 'V'), ['BAS-PAIR-007 warning'], 'a completed vehicle altered again is for a person')
})
