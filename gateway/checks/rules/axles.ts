import type { Texts } from '../../ivi/coc/coc-item.ts'
import type { Rule } from '../rule.ts'

const axles = '/CocDataGroup/AxleTable/AxleGroup'
const construction = '/CocDataGroup/GeneralConstructionGroup'
const check = 'IVI set-up manual; official content check'

/** A declared number of axles of a kind against the axles marked so; only when every axle is marked yes or no. */
const markedAxles = (number: string, element: string, indicator: string, kind: Texts): Rule => ({
  code: `CHK-AXLE-${number}`,
  title: {
    en: `Number of ${kind.en} axles equals the axles marked so`,
    de: `Zahl der ${kind.de} Achsen gleich der so gekennzeichneten Achsen`,
    fr: `Nombre d’essieux ${kind.fr} égal au nombre d’essieux marqués ainsi`,
  },
  severity: 'error',
  clause: `${check} [103]-[106]; CoC items 1 to 3`,
  when: { if: { compare: [{ count: `${axles}/${indicator}`, in: ['Y', 'N'] }, '=', { count: axles }] } },
  let: { declared: `${construction}/${element}`, marked: { count: `${axles}/${indicator}`, in: ['Y'] } },
  check: { compare: ['declared', '=', 'marked'] },
  at: `${construction}/${element}`,
  message: {
    en: `${element} says {declared}, but {marked} axles carry ${indicator} Y. Correct the number or the axle rows.`,
    de: `${element} nennt {declared}, aber {marked} Achsen tragen ${indicator} Y. Berichtigen Sie die Zahl oder die Achszeilen.`,
    fr: `${element} indique {declared}, mais {marked} essieux portent ${indicator} Y. Corrigez le nombre ou les lignes des essieux.`,
  },
})

const knownAxle = (number: string, each: string, element: string): Rule => ({
  code: `CHK-AXLE-${number}`,
  title: {
    en: `${element} names an axle of the axle table`,
    de: `${element} nennt eine Achse der Achstabelle`,
    fr: `${element} désigne un essieu du tableau des essieux`,
  },
  severity: 'error',
  clause: `${check} [242]`,
  each,
  let: { axle: element },
  check: { anyOf: ['axle', `${axles}/AxleNumber`] },
  at: element,
  message: {
    en: `${element} names axle {axle}, which the axle table does not have. Correct the number.`,
    de: `${element} nennt Achse {axle}, die in der Achstabelle nicht steht. Berichtigen Sie die Achsnummer.`,
    fr: `${element} désigne l’essieu {axle}, absent du tableau des essieux. Corrigez le numéro de l’essieu.`,
  },
})

export const rules: readonly Rule[] = [
  {
    code: 'CHK-AXLE-001',
    title: {
      en: 'Number of axles equals the axle rows',
      de: 'Zahl der Achsen gleich der Zahl der Achszeilen',
      fr: 'Nombre d’essieux égal au nombre de lignes d’essieu',
    },
    severity: 'error',
    clause: `${check} [103]; CoC item 1`,
    when: { if: { present: ['/CocDataGroup/AxleTable'] } },
    let: { declared: `${construction}/NumberOfAxles`, rows: { count: axles } },
    check: { compare: ['declared', '=', 'rows'] },
    at: `${construction}/NumberOfAxles`,
    message: {
      en: 'NumberOfAxles says {declared}, but there are {rows} axle rows. A table that is given is given in full.',
      de: 'NumberOfAxles nennt {declared}, es gibt aber {rows} Achszeilen. Eine Tabelle wird immer vollständig angegeben.',
      fr: 'NumberOfAxles indique {declared}, mais il y a {rows} lignes d’essieu. Un tableau donné est donné en entier.',
    },
  },
  {
    code: 'CHK-AXLE-002',
    title: {
      en: 'Axles are numbered 1 to n',
      de: 'Achsen sind von 1 bis n nummeriert',
      fr: 'Les essieux sont numérotés de 1 à n',
    },
    severity: 'error',
    clause: `${check}: IS NUMBERED`,
    each: axles,
    let: { number: 'AxleNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'AxleNumber',
    message: {
      en: 'Axle row {expected} carries the number {number}. Number the axles 1, 2, 3 … from the front.',
      de: 'Achszeile {expected} trägt die Nummer {number}. Nummerieren Sie die Achsen von vorn mit 1, 2, 3 …',
      fr: 'La ligne d’essieu {expected} porte le numéro {number}. Numérotez les essieux 1, 2, 3 … à partir de l’avant.',
    },
  },
  {
    code: 'CHK-AXLE-003',
    title: {
      en: 'No axle spacing on the last axle',
      de: 'Kein Achsabstand an der letzten Achse',
      fr: 'Pas d’écartement au dernier essieu',
    },
    severity: 'error',
    clause: `${check}: IS ABSENT IF LAST; CoC item 4.1`,
    each: axles,
    rows: 'last',
    let: { spacing: { max: ['AxleSpacing', 'AxleSpacingAdjustableMin', 'AxleSpacingAdjustableMax'] } },
    check: { absent: ['AxleSpacing', 'AxleSpacingAdjustableMin', 'AxleSpacingAdjustableMax'] },
    at: 'AxleSpacing',
    message: {
      en: 'The last axle gives a spacing ({spacing} mm), but no axle follows it. Leave it out there.',
      de: 'Die letzte Achse nennt einen Abstand ({spacing} mm), es folgt aber keine Achse. Lassen Sie ihn dort weg.',
      fr: 'Le dernier essieu donne un écartement ({spacing} mm), mais aucun essieu ne le suit. Supprimez-le à cet endroit.',
    },
  },
  markedAxles('004', 'NumberOfPoweredAxles', 'PoweredAxleIndicator', {
    en: 'powered',
    de: 'angetriebenen',
    fr: 'moteurs',
  }),
  markedAxles('005', 'NumberOfSteeredAxles', 'SteeredAxleIndicator', {
    en: 'steered',
    de: 'gelenkten',
    fr: 'directeurs',
  }),
  markedAxles('006', 'NumberOfAxlesWithTwinWheels', 'TwinWheelsAxleIndicator', {
    en: 'twin-wheel',
    de: 'zwillingsbereiften',
    fr: 'à roues jumelées',
  }),
  markedAxles('007', 'NumberOfBrakedAxles', 'BrakedAxleIndicator', { en: 'braked', de: 'gebremsten', fr: 'freinés' }),
  {
    code: 'CHK-AXLE-008',
    title: {
      en: 'Axle spacings add up to the wheelbase',
      de: 'Achsabstände ergeben zusammen den Radstand',
      fr: 'La somme des écartements donne l’empattement',
    },
    // Never an error: the wheelbase of vehicles with axle groups is measured in more than one way (2020/683, note 157).
    severity: 'warning',
    clause: '2020/683 Annex VIII, CoC items 4 and 4.1',
    when: {
      categories: ['M', 'N'],
      if: { compare: [{ count: `${axles}/AxleSpacing`, plus: 1 }, '=', { count: axles }] },
    },
    let: { wheelbase: '/CocDataGroup/DimensionGroup/Wheelbase', spacings: { sum: [`${axles}/AxleSpacing`] } },
    check: { compare: ['spacings', '=', 'wheelbase'] },
    at: '/CocDataGroup/DimensionGroup/Wheelbase',
    message: {
      en: 'The axle spacings add up to {spacings} mm, the wheelbase says {wheelbase} mm. See that both are meant.',
      de: 'Die Achsabstände ergeben {spacings} mm, der Radstand nennt {wheelbase} mm. Prüfen Sie, ob beides so gemeint ist.',
      fr: 'La somme des écartements est de {spacings} mm, l’empattement indique {wheelbase} mm. Vérifiez que les deux sont voulus.',
    },
  },
  knownAxle(
    '009',
    '/CocDataGroup/AxleGroupTable/AxleGroupGroup/AxleGroupMemberTable/AxleGroupMemberGroup',
    'MemberAxleNumber',
  ),
  knownAxle(
    '010',
    `${axles}/InterconnectionWithPoweredAxleTable/InterconnectionWithPoweredAxleGroup`,
    'InterconnectionWithPoweredAxleNumber',
  ),
  knownAxle(
    '011',
    '/CocDataGroup/TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup/TyreAxleCombinationTable/TyreAxleCombinationGroup',
    'AxleNumberCombination',
  ),
  {
    code: 'CHK-AXLE-012',
    title: {
      en: 'Axle groups are numbered 1 to n',
      de: 'Achsgruppen sind von 1 bis n nummeriert',
      fr: 'Les groupes d’essieux sont numérotés de 1 à n',
    },
    severity: 'error',
    clause: `${check}: IS NUMBERED`,
    each: '/CocDataGroup/AxleGroupTable/AxleGroupGroup',
    let: { number: 'AxleGroupNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'AxleGroupNumber',
    message: {
      en: 'Axle group row {expected} carries the number {number}. Number the groups 1, 2, 3 … from the front.',
      de: 'Zeile {expected} der Achsgruppen trägt die Nummer {number}. Nummerieren Sie die Gruppen von vorn mit 1, 2, 3 …',
      fr: 'La ligne {expected} des groupes d’essieux porte le numéro {number}. Numérotez les groupes 1, 2, 3 … à partir de l’avant.',
    },
  },
]
