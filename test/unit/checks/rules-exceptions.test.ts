import { test } from 'tap'
import {
  categoryLimits,
  dimensionLimits,
  lCategoryLimits,
  tcrsCategoryLimits,
} from '../../../gateway/checks/legal-limits.ts'
import { loadRules } from '../../../gateway/checks/load-rules.ts'
import { compileRules } from '../../../gateway/checks/run-rules.ts'
import { laden, source } from './case-paths.ts'
import { change, sample, type Change } from './rules-sample.ts'
import { light, trailer, van } from './vehicles.ts'

const all = (await loadRules()).filter((rule) => rule.form === undefined)
const ruleSet = compileRules(all)
const errors = (changes: Change): string[] =>
  ruleSet
    .check(change(sample(), changes))
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)

test('what law allows is not refused', (t) => {
  const allowed: Readonly<Record<string, Change>> = {
    'an electric van above 3.5 t only warns': van(),
    'rear flaps of a trailer stand out over its length': trailer('O4', 18000, {
      DimensionGroup: { Length: '12400', Width: '2550', Height: '4000', AerodynamicDeviceEquipped: 'REAR' },
    }),
    'a trailer is classed without the load on its coupling': trailer('O2', 3575, {
      'MassGroup/MaximumStaticVerticalMassCouplingPointTable': {
        MaximumStaticVerticalMassCouplingPointGroup: [
          { TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: '75' },
        ],
      },
    }),
    'an approval under 2007/46 stays valid': { TypeApprovalNumber: 'e4*2007/46*0123*12' },
    'so does an older one with its extensions': { TypeApprovalNumber: 'e4*2001/116*0123*30' },
    'a national number may have a form of its own': {
      TypeApprovalType: 'NSS',
      TypeApprovalNumber: 'NL-2026-0001',
      ProductionYearSmallSeries: '2026',
      ProductionSequentialNumberSmallSeries: '1',
    },
    'a fuel cell feeds a motor': {
      [source(1, 'EnergySource')]: '50',
      [source(1, 'PowerGroup')]: { MaximumNetPowerElectric: '110' },
      'EnergyConvertorTable/EnergyConvertorGroup[1]/WorkingPrinciple': 'ELECT',
    },
    'a vehicle that may not tow has no coupling load': van({
      'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup': [
        {
          BrakedTypeTrail: 'BRK',
          BodyworkTypeTable: { BodyworkTypeGroup: [{ TechnicallyPermissibleMaximumTowableMass: '0' }] },
        },
      ],
      'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup': [
        {
          MechanicalCouplingNumberVerticalMass: '1',
          TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: '0',
        },
      ],
      'InServiceMaximumMassTable/InServiceMaximumMassGroup': undefined,
    }),
    'twin front wheels count as one on L': light('L5e-A', { 'GeneralConstructionGroup/NumberOfWheels': '4' }),
    'an N3 above 12 t': {
      VehicleCategory: 'N3',
      [laden]: '18000',
      'AxleTable/AxleGroup[1]/TechnicallyPermissibleMassAxle': '8000',
      'AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle': '11500',
    },
  }
  for (const [what, changes] of Object.entries(allowed)) t.same(errors(changes), [], what)
  t.end()
})

test('every limit of law is held by its rule, and in doubt only warns', (t) => {
  for (const limit of [...dimensionLimits, ...categoryLimits, ...lCategoryLimits, ...tcrsCategoryLimits]) {
    const rule = all.find(({ code }) => code === limit.code)
    t.equal(rule?.severity, limit.sure ? 'error' : 'warning', limit.code)
    t.equal(rule?.clause, limit.article)
  }
  t.end()
})
