import { axle } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

const levels: readonly (readonly [from: number, table: string, country: string, traffic: string, mass: string])[] = [
  [
    1,
    'InServiceMaximumMassTable/InServiceMaximumMassGroup',
    'InServiceMaximumPermissibleMassCountry',
    'InServiceMaximumPermissibleMassTrafficRegulation',
    'InServiceMaximumPermissibleLadenMass',
  ],
  [
    5,
    axle(2, 'InServiceMaximumPermissibleLadenMassAxleTable/InServiceMaximumPermissibleLadenMassAxleGroup'),
    'InServiceMaximumPermissibleLadenMassAxleCountry',
    'InServiceMaximumPermissibleLadenMassAxleTrafficRegulation',
    'InServiceMaximumPermissibleLadenMassAxle',
  ],
  [
    9,
    'AxleGroupTable/AxleGroupGroup[1]/InServiceMaximumPermissibleLadenMassAxleGroupTable/InServiceMaximumPermissibleLadenMassAxleGroupGroup',
    'InServiceMaximumPermissibleLadenMassAxleGroupCountry',
    'InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation',
    'InServiceMaximumPermissibleAxleGroupLadenMass',
  ],
]

const code = (number: number): string => `CHK-REG-${String(number).padStart(3, '0')}`

export const cases: Cases = Object.fromEntries(
  levels.flatMap(([from, table, country, traffic, mass]) => {
    const row = { [country]: 'NL', [mass]: '4000' }
    return [
      [
        code(from),
        { bad: { [table]: [{ [mass]: '4000' }] }, good: { [table]: [{ [traffic]: '96/53/EC', [mass]: '4000' }] } },
      ],
      [code(from + 1), { bad: { [`${table}[1]/${traffic}`]: '96/53/EC' } }],
      [code(from + 2), { bad: { [table]: [row, row] }, good: { [table]: [row, { ...row, [country]: 'DE' }] } }],
      [code(from + 3), { bad: { [table]: [{ [country]: 'NL' }] }, good: { [table]: [row] } }],
    ]
  }),
)
