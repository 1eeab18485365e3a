import type { Condition, Rule } from '../rule.ts'

const body = '/CocDataGroup/BodyworkTable/BodyworkGroup'
const dimension = '/CocDataGroup/DimensionGroup'
const axles = '/CocDataGroup/GeneralConstructionGroup/NumberOfAxles'

const bodies = (...codes: string[]) => ({ count: `${body}/CodeForBodywork`, in: codes })
/** 2018/858 Annex I Part C: articulated single-deck, double-deck and their low-floor kinds. */
const articulated: Condition = { compare: [bodies('CC', 'CD', 'CG', 'CH'), '>', 0] }
const semiTrailer: Condition = { compare: [bodies('DA'), '>', 0] }
/** 2018/858 Annex I, supplementary digits: 04 and 05 are conditioned bodies with insulated walls. */
const insulated: Condition = {
  compare: [
    {
      count: `${body}/CodeForBodyworkSupplementTable/CodeForBodyworkSupplementGroup/CodeForBodyworkSupplement`,
      in: ['04', '05'],
    },
    '>',
    0,
  ],
}
/** Elongated cabs and rear flaps may stand out over the length (96/53/EC Articles 8b and 9a). */
const longer: Condition = {
  any: [
    { compare: [{ count: `${dimension}/ElongatedCabIndicator`, in: ['Y'] }, '>', 0] },
    { compare: [{ count: `${dimension}/AerodynamicDeviceEquipped`, notIn: ['NONE'] }, '>', 0] },
  ],
}

interface LegalMaximum {
  readonly number: string
  readonly element: 'Length' | 'Width' | 'Height'
  readonly categories: readonly string[]
  /** mm */
  readonly limit: number
  /** Point of 2021/535 Annex XIII Part 2. */
  readonly point: string
  readonly only?: Condition
}

/** Legal maxima of 2021/535 Annex XIII Part 2; a new one is one line. */
const maxima: readonly LegalMaximum[] = [
  { number: '001', element: 'Length', categories: ['M1', 'N1'], limit: 12000, point: 'B 1.1' },
  { number: '002', element: 'Width', categories: ['M1'], limit: 2550, point: 'B 1.1' },
  { number: '003', element: 'Width', categories: ['N1'], limit: 2550, point: 'B 1.1', only: { not: insulated } },
  { number: '004', element: 'Width', categories: ['N1'], limit: 2600, point: 'B 1.1', only: insulated },
  { number: '005', element: 'Height', categories: ['M1', 'N1'], limit: 4000, point: 'B 1.1' },
  {
    number: '006',
    element: 'Length',
    categories: ['M2', 'M3'],
    limit: 13500,
    point: 'C 1.1',
    only: { all: [{ not: articulated }, { compare: [axles, '<=', 2] }] },
  },
  {
    number: '007',
    element: 'Length',
    categories: ['M2', 'M3'],
    limit: 15000,
    point: 'C 1.1',
    only: { all: [{ not: articulated }, { compare: [axles, '>=', 3] }] },
  },
  { number: '008', element: 'Length', categories: ['M2', 'M3'], limit: 18750, point: 'C 1.1', only: articulated },
  { number: '009', element: 'Width', categories: ['M2', 'M3'], limit: 2550, point: 'C 1.1' },
  { number: '010', element: 'Height', categories: ['M2', 'M3'], limit: 4000, point: 'C 1.1' },
  { number: '011', element: 'Length', categories: ['N2', 'N3'], limit: 12000, point: 'D 1.1', only: { not: longer } },
  { number: '012', element: 'Width', categories: ['N2', 'N3'], limit: 2550, point: 'D 1.1', only: { not: insulated } },
  { number: '013', element: 'Width', categories: ['N2', 'N3'], limit: 2600, point: 'D 1.1', only: insulated },
  { number: '014', element: 'Height', categories: ['N2', 'N3'], limit: 4000, point: 'D 1.1' },
  { number: '015', element: 'Length', categories: ['O'], limit: 12000, point: 'E 1.1', only: { not: semiTrailer } },
  { number: '016', element: 'Width', categories: ['O'], limit: 2550, point: 'E 1.1', only: { not: insulated } },
  { number: '017', element: 'Width', categories: ['O'], limit: 2600, point: 'E 1.1', only: insulated },
  { number: '018', element: 'Height', categories: ['O'], limit: 4000, point: 'E 1.1' },
]

/** 2021/535 Article 6(3): a vehicle approved with a derogation says so. */
const derogated: Condition = {
  compare: [{ count: `${dimension}/MaximumAuthorisedDimensionsDerogationIndicator`, in: ['Y'] }, '>', 0],
}

export const rules: readonly Rule[] = maxima.map(({ number, element, categories, limit, point, only }): Rule => ({
  code: `CHK-DIM-${number}`,
  title: `${element} of ${categories.join(' and ')} at most ${limit} mm${only === undefined ? '' : ' (its kind)'}`,
  severity: 'error',
  clause: `2021/535 Annex XIII Part 2 ${point}`,
  when: { categories, if: { all: [{ not: derogated }, ...(only === undefined ? [] : [only])] } },
  let: { category: '/CocDataGroup/VehicleCategory', measured: `${dimension}/${element}`, limit },
  check: { compare: ['measured', '<=', 'limit'] },
  at: `${dimension}/${element}`,
  message: `${element} is {measured} mm; the legal maximum for {category} is {limit} mm. Without a derogation it may not be more.`,
}))
