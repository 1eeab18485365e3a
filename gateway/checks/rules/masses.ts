import type { Rule, Value, When } from '../rule.ts'

const mass = '/CocDataGroup/MassGroup'
const axles = '/CocDataGroup/AxleTable/AxleGroup'
const laden = `${mass}/TechnicallyPermissibleMaximumLadenMass`
const towing = '/CocDataGroup/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup/BodyworkTypeTable/BodyworkTypeGroup'
const combination = `${towing}/TechnicallyPermissibleMaximumCombinationMass`
const groups = '/CocDataGroup/AxleGroupTable/AxleGroupGroup'
const annex = '2021/535 Annex XIII Part 2'
/** A trailer carries a part of its mass on the coupling of what pulls it. */
const selfCarrying = ['M', 'N', 'L', 'T', 'C']
const trailers = ['O', 'R', 'S']

interface NotAbove {
  readonly number: string
  readonly title: string
  readonly clause: string
  readonly less: Value
  readonly more: Value
  readonly at: string
  readonly words: readonly [less: string, more: string]
  readonly each?: string
  readonly when?: When
}

/** One mass that is never above another; skipped while either is absent. */
const notAbove = ({ number, title, clause, less, more, at, words, each, when }: NotAbove): Rule => ({
  code: `CHK-MASS-${number}`,
  title,
  severity: 'error',
  clause,
  ...(when === undefined ? {} : { when }),
  ...(each === undefined ? {} : { each }),
  let: { less, more },
  check: { compare: ['less', '<=', 'more'] },
  at,
  message: `The ${words[0]} ({less} kg) is above the ${words[1]} ({more} kg).`,
})

const sumOfShares = (
  number: string,
  categories: readonly string[],
  share: string,
  total: string,
  item: string,
): Rule => ({
  code: `CHK-MASS-${number}`,
  title: `The axle shares add up to the mass (${item})`,
  severity: 'error',
  clause: `2020/683 Annex VIII, CoC item ${item}`,
  when: { categories, if: { compare: [{ count: `${axles}/${share}` }, '=', { count: axles }] } },
  let: { shares: { sum: [`${axles}/${share}`] }, total: `${mass}/${total}` },
  check: { compare: ['shares', '=', 'total'] },
  at: `${mass}/${total}`,
  message: `The axle shares (${share}) add up to {shares} kg, but ${total} is {total} kg.`,
})

export const rules: readonly Rule[] = [
  notAbove({
    number: '001',
    title: 'Mass in running order not above actual mass',
    clause: `${annex} A 1.3 to 1.20; CoC items 13 and 13.2`,
    less: `${mass}/MassInRunningOrder`,
    more: `${mass}/ActualMass`,
    at: `${mass}/MassInRunningOrder`,
    words: ['mass in running order (13)', 'actual mass (13.2), which has the optional equipment on top'],
  }),
  notAbove({
    number: '002',
    title: 'Actual mass not above the maximum laden mass',
    clause: 'Official content check of ActualMass; CoC items 13.2 and 16.1',
    less: `${mass}/ActualMass`,
    more: laden,
    at: `${mass}/ActualMass`,
    words: ['actual mass (13.2)', 'technically permissible maximum laden mass (16.1)'],
  }),
  notAbove({
    number: '003',
    title: 'Maximum laden mass not above the sum of the axle limits',
    clause: `${annex} B 2.1, C 2.2.1, D 2.2.1; CoC items 16.1 and 16.2`,
    when: { categories: selfCarrying },
    less: laden,
    more: { sum: [`${axles}/TechnicallyPermissibleMassAxle`] },
    at: laden,
    words: ['technically permissible maximum laden mass (16.1)', 'sum of the axle limits (16.2)'],
  }),
  notAbove({
    number: '004',
    title: 'Maximum laden mass of a trailer not above axle limits and coupling load',
    clause: `${annex} E; CoC items 16.1, 16.2 and 19`,
    when: { categories: trailers },
    less: laden,
    more: {
      sum: [
        `${axles}/TechnicallyPermissibleMassAxle`,
        `${mass}/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup/TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint`,
      ],
    },
    at: laden,
    words: [
      'technically permissible maximum laden mass (16.1)',
      'sum of the axle limits (16.2) and coupling load (19)',
    ],
  }),
  sumOfShares('005', selfCarrying, 'DistributionMassRunningOrderAxle', 'MassInRunningOrder', '13.1'),
  {
    code: 'CHK-MASS-006',
    title: 'Axle and coupling shares of a trailer add up to the mass in running order',
    severity: 'error',
    clause: '2020/683 Annex VIII, CoC item 13.1',
    when: {
      categories: trailers,
      if: { compare: [{ count: `${axles}/DistributionMassRunningOrderAxle` }, '=', { count: axles }] },
    },
    let: {
      shares: {
        sum: [
          `${axles}/DistributionMassRunningOrderAxle`,
          '/CocDataGroup/MechanicalCouplingTable/MechanicalCouplingGroup/MechanicalCouplingDistributionMassRunningOrder',
        ],
      },
      total: `${mass}/MassInRunningOrder`,
    },
    check: { compare: ['shares', '=', 'total'] },
    at: `${mass}/MassInRunningOrder`,
    message: 'The shares of the axles and the coupling add up to {shares} kg, but MassInRunningOrder is {total} kg.',
  },
  notAbove({
    number: '007',
    title: 'In-service laden mass not above the technical one',
    clause: `${annex} A 4.3; CoC items 17.1 and 16.1`,
    each: '/CocDataGroup/InServiceMaximumMassTable/InServiceMaximumMassGroup',
    less: 'InServiceMaximumPermissibleLadenMass',
    more: laden,
    at: 'InServiceMaximumPermissibleLadenMass',
    words: ['in-service laden mass (17.1)', 'technically permissible maximum laden mass (16.1)'],
  }),
  notAbove({
    number: '008',
    title: 'In-service axle mass not above the axle limit',
    clause: `${annex} A 4.3; CoC items 17.2 and 16.2`,
    each: `${axles}/InServiceMaximumPermissibleLadenMassAxleTable/InServiceMaximumPermissibleLadenMassAxleGroup`,
    less: 'InServiceMaximumPermissibleLadenMassAxle',
    more: '../../TechnicallyPermissibleMassAxle',
    at: 'InServiceMaximumPermissibleLadenMassAxle',
    words: ['in-service axle mass (17.2)', 'limit of this axle (16.2)'],
  }),
  notAbove({
    number: '009',
    title: 'In-service axle group mass not above the group limit',
    clause: `${annex} A 4.3; CoC items 17.3 and 16.3`,
    each: `${groups}/InServiceMaximumPermissibleLadenMassAxleGroupTable/InServiceMaximumPermissibleLadenMassAxleGroupGroup`,
    less: 'InServiceMaximumPermissibleAxleGroupLadenMass',
    more: '../../TechnicallyPermissibleMassAxleGroup',
    at: 'InServiceMaximumPermissibleAxleGroupLadenMass',
    words: ['in-service mass (17.3)', 'limit of this axle group (16.3)'],
  }),
  notAbove({
    number: '010',
    title: 'In-service combination mass not above the technical one',
    clause: `${annex} A 4.3; CoC items 17.4 and 16.4`,
    each: '/CocDataGroup/InServiceMaximumMassTable/InServiceMaximumMassGroup',
    less: 'InServiceMaximumPermissibleMassCombination',
    more: { max: [combination] },
    at: 'InServiceMaximumPermissibleMassCombination',
    words: ['in-service combination mass (17.4)', 'highest technically permissible combination mass (16.4)'],
  }),
  {
    code: 'CHK-MASS-011',
    title: 'Combination mass not above laden mass and towable mass',
    severity: 'error',
    clause: `${annex} B 4, D 3.1; CoC items 16.1, 16.4 and 18`,
    when: { categories: ['M1', 'N'] },
    let: {
      combined: { max: [combination] },
      towable: { max: [`${towing}/TechnicallyPermissibleMaximumTowableMass`] },
      most: { sum: [laden, 'towable'] },
    },
    check: { any: [{ compare: ['towable', '=', 0] }, { compare: ['combined', '<=', 'most'] }] },
    at: '/CocDataGroup/TowingBrakedTypeTrailTable',
    message: 'The combination mass (16.4, {combined} kg) is above laden mass plus towable mass (16.1 + 18, {most} kg).',
  },
  notAbove({
    number: '012',
    title: 'Axle share of the mass in running order not above the axle limit',
    clause: `${annex}; CoC items 13.1 and 16.2`,
    each: axles,
    less: 'DistributionMassRunningOrderAxle',
    more: 'TechnicallyPermissibleMassAxle',
    at: 'DistributionMassRunningOrderAxle',
    words: ['share of this axle in the mass in running order (13.1)', 'limit of this axle (16.2)'],
  }),
  sumOfShares('013', ['M', 'N'], 'DistributionMassIncompleteAxle', 'MassInRunningOrderIncomplete', '14.1'),
]
