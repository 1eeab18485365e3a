import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Rule } from '../rule.ts'

/** Beginnings of elements that end in Min and Max; a code is the place in this list, so new ones go to its end. */
const ranges = [
  'AllowedActualMass',
  'AllowedTechnicallyPermissibleMaximumLadenMass',
  'AllowedFrontalArea',
  'AllowedRollingResistance',
  'AllowedCrossSectionalAreaAirFrontGrill',
  'WheelbaseAdjustable',
  'LengthAdjustable',
  'WidthAdjustable',
  'HeightAdjustable',
  'RearOverhangAdjustable',
  'MaximumPermissibleLength',
  'MaximumPermissibleWidth',
  'MaximumPermissibleHeight',
  'LengthLoadingAreaAdjustable',
  'MassInRunningOrderVariable',
  'TechnicallyPermissibleMaximumLadenMassVariable',
  'AxleTrackAdjustable',
  'AxleSpacingAdjustable',
  'TechnicallyPermissibleMassAxleAdjustable',
  'TyreAxleTrackAdjustable',
  'MechanicalCouplingHeightAboveGroundAdjustable',
  'DistanceCentreCouplingDeviceLastAxleAdjustable',
  'DistanceFrontEndCentreCouplingAdjustable',
  'DistanceCentreCouplingRearEndAdjustable',
  'DistanceCouplingPointFirstAxleAdjustable',
  'EngineSpeedMaximumNetPower',
] as const

const code = (topic: string, i: number): string => `CHK-${topic}-${String(i + 1).padStart(3, '0')}`
const groupOf = (element: string): string => cocPath(element).slice(0, cocPath(element).lastIndexOf('/'))

const inOrder = (beginning: (typeof ranges)[number], i: number): Rule =>
  makeRule({
    code: code('RANGE', i),
    title: [
      `${beginning}: Min not above Max`,
      `${beginning}: Min nicht über Max`,
      `${beginning} : Min pas au-dessus de Max`,
    ],
    severity: 'error',
    clause: 'IVI guideline, ranges; 2020/683 Annex VIII point 0(c)',
    each: groupOf(`${beginning}Min`),
    let: { least: `${beginning}Min`, most: `${beginning}Max` },
    check: { compare: ['least', '<=', 'most'] },
    at: `${beginning}Min`,
    message: [
      `${beginning}Min is {least}, above ${beginning}Max, {most}. Exchange or correct them.`,
      `${beginning}Min ist {least}, mehr als ${beginning}Max: {most}. Vertauschen oder berichtigen Sie sie.`,
      `${beginning}Min est {least}, plus que ${beginning}Max : {most}. Inversez ou corrigez.`,
    ],
  })

/** Rows that people and other rows refer to by their number. */
const numbered = [
  'GearNumber',
  'FinalDriveVehicleNumber',
  'TyreAxleCombinationNumber',
  'BallastSetNumber',
  'TrackSetNumber',
] as const

const once = (element: (typeof numbered)[number], i: number): Rule =>
  makeRule({
    code: code('NUM', i),
    title: [`Each ${element} stands once`, `Jede ${element} steht einmal`, `Chaque ${element} figure une fois`],
    severity: 'warning',
    clause: 'Official content check: IS NUMBERED, IS UNIQUE',
    each: groupOf(element),
    let: { number: element },
    check: { unique: ['number', cocPath(element)] },
    at: element,
    message: [
      `${element} {number} stands in more than one row. Number the rows 1, 2, 3 …`,
      `${element} {number} steht in mehreren Zeilen. Nummerieren Sie die Zeilen 1, 2, 3 …`,
      `${element} {number} figure dans plusieurs lignes. Numérotez-les 1, 2, 3 …`,
    ],
  })

const counted: readonly (readonly [number: string, rows: string, marked: boolean])[] = [
  ['NumberOfSetsBallastMasses', 'BallastSetGroup', false],
  ['TrackTrainNumberOfBrakedSet', 'TrackSetBrakedIndicator', true],
  ['TrackTrainNumberOfPoweredSet', 'TrackSetPoweredIndicator', true],
]

const declared = ([number, rows, marked]: (typeof counted)[number], i: number): Rule =>
  makeRule({
    code: code('NUM', numbered.length + i),
    title: [`${number} equals the rows`, `${number} gleich den Zeilen`, `${number} égal aux lignes`],
    severity: 'error',
    clause: 'Official content check [103]-[106], the same form; 2015/504 Annex IV',
    only: { present: [cocPath(rows)] },
    let: { declared: cocPath(number), found: { count: cocPath(rows), ...(marked ? { in: ['Y'] } : {}) } },
    check: { compare: ['declared', '=', 'found'] },
    at: cocPath(number),
    message: [
      `${number} says {declared}, but there are {found} such rows (${rows}). Correct the number or the rows.`,
      `${number} nennt {declared}, aber es gibt {found} solche Zeilen (${rows}). Berichtigen Sie Zahl oder Zeilen.`,
      `${number} indique {declared}, mais il y a {found} lignes (${rows}). Corrigez le nombre ou les lignes.`,
    ],
  })

export const rules: readonly Rule[] = [...ranges.map(inOrder), ...numbered.map(once), ...counted.map(declared)]
