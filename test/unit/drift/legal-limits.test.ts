import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { findDrift } from '../../../gateway/drift/compare-with-base.ts'
import { leastPayload } from '../../../gateway/drift/payload.ts'
import { group, model, row } from './drift-sample.ts'

const legal = (change: (coc: IviTree) => void, facts = {}) =>
  findDrift({ model: model(change, facts), base: undefined, approval: undefined })
const codes = (change: (coc: IviTree) => void, facts = {}) => legal(change, facts).findings.map(({ code }) => code)

const inService = (mass: IviTree) => (coc: IviTree) =>
  (coc.InServiceMaximumMassTable = {
    InServiceMaximumMassGroup: [{ InServiceMaximumPermissibleMassCountry: 'NL', ...mass }],
  })

test('masses in service are not above the technical ones', async (t) => {
  t.same(codes(inService({ InServiceMaximumPermissibleLadenMass: '7500' })), [])
  t.match(legal(inService({ InServiceMaximumPermissibleLadenMass: '7501' })), {
    outcome: 'refused',
    needsSignOff: false,
    findings: [
      { code: 'DRF-LEGAL-003', params: { measured: '7501', limit: '7500' }, path: /InServiceMaximumMassGroup\[1\]/ },
    ],
  })
  t.same(codes(inService({ InServiceMaximumPermissibleMassCombination: '11000' })), [])
  t.same(codes(inService({ InServiceMaximumPermissibleMassCombination: '11001' })), ['DRF-LEGAL-003'])
  const ofAxle = (kg: string) => (coc: IviTree) => {
    const rows = [
      { InServiceMaximumPermissibleLadenMassAxleCountry: 'NL', InServiceMaximumPermissibleLadenMassAxle: kg },
    ]
    row(coc, 'AxleTable', 2).InServiceMaximumPermissibleLadenMassAxleTable = {
      InServiceMaximumPermissibleLadenMassAxleGroup: rows,
    }
  }
  t.same(codes(ofAxle('5000')), [])
  t.match(legal(ofAxle('5001')).findings, [
    { code: 'DRF-LEGAL-003', path: /AxleGroup\[2\]\/In.*Table\/In.*Group\[1\]\// },
  ])
  const ofGroup = (kg: string) => (coc: IviTree) => {
    row(coc, 'AxleGroupTable', 1).InServiceMaximumPermissibleLadenMassAxleGroupTable = {
      InServiceMaximumPermissibleLadenMassAxleGroupGroup: [{ InServiceMaximumPermissibleAxleGroupLadenMass: kg }],
    }
  }
  t.same(codes(ofGroup('8000')), [])
  t.same(codes(ofGroup('8001')), ['DRF-LEGAL-003'])
})

const seats =
  (count: string, actual: string, category = 'N2', more: IviTree = {}) =>
  (coc: IviTree) => {
    coc.VehicleCategory = category
    group(coc, 'GeneralConstructionGroup').NumberOfSeatingPositionsIncludingDriver = count
    group(coc, 'MassGroup').ActualMass = actual
    Object.assign(coc, more)
  }

test('the people of the vehicle have their mass, to the kilogram', async (t) => {
  // 7500 kg less two passengers of 75 kg.
  t.same(codes(seats('3', '7350')), [])
  t.match(legal(seats('3', '7351')), {
    outcome: 'refused',
    findings: [
      {
        code: 'DRF-LEGAL-004',
        params: { payload: '149', leastPayload: '150', passengers: 2, limit: '7350', article: /D 2.3.1/ },
      },
    ],
  })
  t.same(codes(seats('3', '7364', 'M2')), [], 'a bus counts 68 kg at least')
  t.same(codes(seats('3', '7365', 'M2')), ['DRF-LEGAL-004'])
  const coupling = {
    MechanicalCouplingTable: { MechanicalCouplingGroup: [{ MechanicalCouplingNumber: '1' }] },
  }
  const pressing = (actual: string) => (coc: IviTree) => {
    seats('3', actual, 'N2', coupling)(coc)
    group(coc, 'MassGroup').MaximumStaticVerticalMassCouplingPointTable = {
      MaximumStaticVerticalMassCouplingPointGroup: [
        { TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: '100' },
      ],
    }
  }
  t.same(codes(pressing('7250')), [])
  t.same(codes(pressing('7251')), ['DRF-LEGAL-004'], 'what presses on a fitted coupling counts')
})

test('a trailer carries nobody, and without seats nothing can be said', async (t) => {
  t.equal(leastPayload(model().tree, 'O4'), undefined)
  t.equal(leastPayload(model().tree, 'N2'), undefined)
})

test('every broken legal limit is refused, whatever else would be for a person', async (t) => {
  const { findings, outcome } = legal(seats('3', '7501'), { axleLoad1: '3001', weighedMass: '7500' })
  t.equal(outcome, 'refused')
  t.ok(findings.filter(({ code }) => code.startsWith('DRF-LEGAL')).every(({ severity }) => severity === 'error'))
  t.ok(
    findings.some(({ severity }) => severity === 'warning'),
    'there is something for a person too',
  )
})
