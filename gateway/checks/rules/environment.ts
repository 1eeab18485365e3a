import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { ContentRule, Rule } from '../rule.ts'

interface Marked {
  readonly code: string
  readonly indicator: string
  readonly table: string
  readonly clause: string
  readonly what: readonly [en: string, de: string, fr: string]
}

/** An indicator and the table it speaks of: N and rows contradict each other, Y without rows is incomplete. */
const marked = ({ code, indicator, table, clause, what: [en, de, fr] }: Marked): ContentRule[] => [
  makeRule({
    code: `CHK-${code}-001`,
    title: [
      `Rows of ${en} go with indicator Y`,
      `Zeilen zu ${de} gehören zur Kennzeichnung Y`,
      `Des lignes de ${fr} vont avec Y`,
    ],
    severity: 'error',
    clause,
    only: { in: [cocPath(indicator), ['N']] },
    check: { absent: [cocPath(table)] },
    at: cocPath(indicator),
    message: [
      `${indicator} is N, but ${table} has rows. Correct the indicator or leave the table out.`,
      `${indicator} ist N, aber ${table} hat Zeilen. Berichtigen Sie die Kennzeichnung oder lassen Sie die Tabelle weg.`,
      `${indicator} est N, mais ${table} a des lignes. Corrigez l’indicateur ou supprimez le tableau.`,
    ],
  }),
  makeRule({
    code: `CHK-${code}-002`,
    title: [`Indicator Y names the ${en}`, `Kennzeichnung Y nennt: ${de}`, `L’indicateur Y nomme : ${fr}`],
    severity: 'warning',
    clause,
    only: { in: [cocPath(indicator), ['Y']] },
    check: { present: [cocPath(table)] },
    at: cocPath(table),
    message: [
      `${indicator} is Y, but ${table} is missing. Add it, or correct the indicator.`,
      `${indicator} ist Y, aber ${table} fehlt. Ergänzen Sie sie oder berichtigen Sie die Kennzeichnung.`,
      `${indicator} est Y, mais ${table} manque. Ajoutez-le ou corrigez l’indicateur.`,
    ],
  }),
]

const families: readonly (readonly [kind: string, form: RegExp, example: string])[] = [
  ['IP', /^IP-/, 'IP-0196-ABC'],
  ['RL', /^RL-/, 'RL-0076-ABC'],
  ['RM', /^RM-/, 'RM-0001-ABC'],
  ['ATCT', /^AT-/, 'AT-0085-ABC'],
  ['EV', /^EV-/, 'EV-0004-ABC'],
  ['PR', /^PR-/, 'PR-0001-ABC'],
  ['PEMS', /^[^-]+-[^-]+-.+/, '6-ABC-44-6'],
]

/** Each test family has identifiers of its own form (official check [463]). */
const family = ([kind, form, example]: (typeof families)[number], i: number): Rule =>
  makeRule({
    code: `CHK-FAM-${String(i + 1).padStart(3, '0')}`,
    title: [
      `Identifiers of test family ${kind} look like ${example}`,
      `Kennungen der Prüffamilie ${kind} sehen aus wie ${example}`,
      `Les identifiants de la famille ${kind} ont la forme ${example}`,
    ],
    severity: 'warning',
    clause: 'Official content check [463]; 2017/1151 Annex XXI 5 and Annex IIIA 5.2',
    each: cocPath('TestFamilyIdentifiersGroup'),
    only: { in: ['TestFamilyIdentifier', [kind]] },
    let: { value: 'TestFamilyIdentifierValue' },
    check: { matches: ['value', form] },
    at: 'TestFamilyIdentifierValue',
    message: [
      `The identifier {value} is not of family ${kind}, whose identifiers look like ${example}. Check family and value.`,
      `Die Kennung {value} gehört nicht zur Familie ${kind}, deren Kennungen wie ${example} aussehen. Prüfen Sie Familie und Wert.`,
      `L’identifiant {value} n’est pas de la famille ${kind}, de la forme ${example}. Vérifiez famille et valeur.`,
    ],
  })

/** Values that the form gives as whole numbers (2020/683 note 158; 901/2014 notes to 3.2.1.5 and 4.0.6). */
const whole = (code: string, group: string, element: string, unit: string): Rule =>
  makeRule({
    code: `CHK-FAM-${code}`,
    title: [`${element} in whole ${unit}`, `${element} in ganzen ${unit}`, `${element} en ${unit} entiers`],
    severity: 'warning',
    clause: '2020/683 Annex VIII; 901/2014 Annex IV, rounding',
    each: cocPath(group),
    let: { value: element },
    check: { matches: ['value', /^\d+(?:\.0+)?$/] },
    at: element,
    message: [
      `${element} is {value}; the certificate gives whole ${unit}. Round it.`,
      `${element} ist {value}; die Bescheinigung nennt ganze ${unit}. Runden Sie.`,
      `${element} est {value} ; le certificat donne des ${unit} entiers. Arrondissez.`,
    ],
  })

export const rules: readonly Rule[] = [
  ...marked({
    code: 'ECO',
    indicator: 'EcoInnovationsFittedIndicator',
    table: 'EcoInnovationsTable',
    clause: '2020/683 Annex VIII, CoC item 49.3; IVI set-up manual, eco-innovations',
    what: ['eco-innovations', 'Ökoinnovationen', 'éco-innovations'],
  }),
  ...marked({
    code: 'ADR',
    indicator: 'TypeApprovalTransportDangerousGoodsIndicator',
    table: 'TypeApprovalTransportDangerousGoodsTable',
    clause: '2020/683 Annex VIII, CoC item 50',
    what: ['dangerous goods classes', 'Gefahrgutklassen', 'classes de marchandises dangereuses'],
  }),
  ...families.map(family),
  whole('008', 'EnergyConvertorGroup', 'EngineCapacity', 'cm³'),
  whole('009', 'SoundLevelGroup', 'SoundLevelDriveBy', 'dB(A)'),
  whole('010', 'SoundLevelGroup', 'SoundLevelStationary', 'dB(A)'),
]
