import { test } from 'tap'
import { orderFindings } from '../../../gateway/checks/order-findings.ts'
import { compileRules } from '../../../gateway/checks/run-rules.ts'
import { loadRules } from '../../../gateway/checks/load-rules.ts'
import { change, sample } from './rules-sample.ts'

const kind = { category: 'N2', stage: 'V', type: 'EU' }
const root = '/InitialVehicleInformation'
const coc = `${root}/CocDataGroup`
const order = (...paths: string[]): string[] =>
  orderFindings(
    paths.map((path, i) => ({ code: `C-${i}`, layer: 'rules', severity: 'error', path, message: '' })),
    kind,
  ).map(({ path }) => path)

test('findings come header first, then as the form has its items, then as the document has its rows', (t) => {
  const axle = (n: number): string => `${coc}/AxleTable/AxleGroup[${n}]/TechnicallyPermissibleMassAxle`
  const sorted = [
    `${root}/Header/IviVersionNumber`,
    `${coc}/VehicleCategory`,
    `${coc}/GeneralConstructionGroup/NumberOfAxles`,
    `${coc}/MassGroup/MassInRunningOrder`,
    `${coc}/MassGroup/ActualMass`,
    `${coc}/MassGroup/TechnicallyPermissibleMaximumLadenMass`,
    axle(1),
    axle(2),
    axle(10),
    `${coc}/Nothing`,
  ]
  t.same(order(...sorted.toReversed()), sorted)
  t.end()
})

test('findings of one element keep their order', (t) => {
  const path = `${coc}/MassGroup/ActualMass`
  const findings = ['C-2', 'C-1'].map((code) => ({
    ...{ code, layer: 'rules', severity: 'error', path, message: '' },
  })) as Parameters<typeof orderFindings>[0]
  t.same(orderFindings(findings, kind), findings)
  t.end()
})

test('a finding carries the number on the form and the label', async (t) => {
  const { check } = compileRules((await loadRules()).filter((rule) => rule.form === undefined))
  const [finding] = check(change(sample(), { 'MassGroup/ActualMass': '7501' }))
  t.match(finding, { code: 'CHK-MASS-002', params: { item: '13.2', label: /mass/i } })
})
