import type { Rule } from '../rule.ts'

const coc = '/CocDataGroup'
const rows = `${coc}/ManufacturerTable/ManufacturerGroup`
const stage = `${coc}/StageOfCompletion`
const chains = 'IVI set-up manual, multi-stage; 2018/858 Article 3(20) to (22)'
const previous = ['TypeApprovalNumber', 'Type', 'Variant', 'Version'].map((name) => `PreviousStage${name}`)

export const rules: readonly Rule[] = [
  {
    code: 'CHK-STG-001',
    title: {
      en: 'Manufacturers are numbered by stage, 1 to n',
      de: 'Hersteller sind nach Stufen von 1 bis n nummeriert',
      fr: 'Les constructeurs sont numérotés par étape, de 1 à n',
    },
    severity: 'error',
    clause: 'IVI set-up manual, ManufacturerStageNumber; official content check: IS NUMBERED',
    each: rows,
    let: { number: 'ManufacturerStageNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'ManufacturerStageNumber',
    message: {
      en: 'Manufacturer row {expected} carries stage {number}. Give every stage from 1 on, in order.',
      de: 'Herstellerzeile {expected} trägt Stufe {number}. Geben Sie jede Stufe ab 1 an, der Reihe nach.',
      fr: 'La ligne de constructeur {expected} porte l’étape {number}. Donnez chaque étape à partir de 1, dans l’ordre.',
    },
  },
  {
    code: 'CHK-STG-002',
    title: {
      en: 'A later stage names the one before',
      de: 'Eine spätere Stufe nennt die davor',
      fr: 'Une étape ultérieure désigne la précédente',
    },
    severity: 'error',
    clause: '2018/858 Annex IX 3.3; IVI set-up manual, PreviousStage…',
    when: { if: { compare: ['ManufacturerStageNumber', '>=', 2] } },
    each: rows,
    let: { number: 'ManufacturerStageNumber' },
    check: { present: previous },
    at: 'PreviousStageTypeApprovalNumber',
    message: {
      en: 'Stage {number} must give approval number with extension, type, variant and version of the stage before.',
      de: 'Stufe {number} muss Genehmigungsnummer mit Erweiterung, Typ, Variante und Version der Stufe davor nennen.',
      fr: 'L’étape {number} doit donner le numéro d’homologation avec extension, le type, la variante et la version de l’étape précédente.',
    },
  },
  {
    code: 'CHK-STG-003',
    title: {
      en: 'The first stage names none before',
      de: 'Die erste Stufe nennt keine davor',
      fr: 'La première étape n’en désigne aucune avant elle',
    },
    severity: 'error',
    clause: 'IVI set-up manual, PreviousStage…',
    when: { if: { compare: ['ManufacturerStageNumber', '=', 1] } },
    each: rows,
    let: { before: 'PreviousStageTypeApprovalNumber' },
    check: { absent: previous },
    at: 'PreviousStageTypeApprovalNumber',
    message: {
      en: 'Stage 1 names a stage before it ({before}). Leave the PreviousStage elements out there.',
      de: 'Stufe 1 nennt eine Stufe davor ({before}). Lassen Sie die PreviousStage-Elemente dort weg.',
      fr: 'L’étape 1 désigne une étape précédente ({before}). Supprimez-y les éléments PreviousStage.',
    },
  },
  {
    code: 'CHK-STG-004',
    title: {
      en: 'A complete vehicle has one stage',
      de: 'Ein vollständiges Fahrzeug hat eine Stufe',
      fr: 'Un véhicule complet a une seule étape',
    },
    severity: 'error',
    clause: chains,
    when: { stages: ['C'] },
    let: { stages: { count: rows } },
    check: { compare: ['stages', '=', 1] },
    at: stage,
    message: {
      en: 'StageOfCompletion C is a vehicle built in one stage, but {stages} manufacturers are given. Completed is V.',
      de: 'StageOfCompletion C ist ein in einer Stufe gebautes Fahrzeug, es sind aber {stages} Hersteller angegeben. Vervollständigt ist V.',
      fr: 'StageOfCompletion C est un véhicule construit en une étape, mais {stages} constructeurs sont donnés. Complété est V.',
    },
  },
  {
    code: 'CHK-STG-005',
    title: {
      en: 'A completed vehicle has two stages or more',
      de: 'Ein vervollständigtes Fahrzeug hat zwei Stufen oder mehr',
      fr: 'Un véhicule complété a deux étapes ou plus',
    },
    severity: 'error',
    clause: chains,
    when: { stages: ['V'] },
    let: { stages: { count: rows } },
    check: { compare: ['stages', '>=', 2] },
    at: stage,
    message: {
      en: 'StageOfCompletion V is a vehicle completed in a later stage, but {stages} manufacturer is given. Complete is C.',
      de: 'StageOfCompletion V ist ein in einer späteren Stufe vervollständigtes Fahrzeug, die Zahl der Hersteller ist aber {stages}. Vollständig ist C.',
      fr: 'StageOfCompletion V est un véhicule complété à une étape ultérieure, mais le nombre de constructeurs est {stages}. Complet est C.',
    },
  },
  {
    code: 'CHK-STG-006',
    title: {
      en: 'A stage changes approval number, type, variant or version',
      de: 'Eine Stufe ändert Genehmigungsnummer, Typ, Variante oder Version',
      fr: 'Une étape change le numéro d’homologation, le type, la variante ou la version',
    },
    severity: 'error',
    clause: 'IVI set-up manual, multi-stage; official content check [90]',
    each: rows,
    rows: 'last',
    let: { number: 'ManufacturerStageNumber', approval: `${coc}/TypeApprovalNumber` },
    check: {
      not: {
        all: ['TypeApprovalNumber', 'Type', 'Variant', 'Version'].map((name) => ({
          same: [`PreviousStage${name}`, `${coc}/${name}`] as const,
        })),
      },
    },
    at: 'PreviousStageTypeApprovalNumber',
    message: {
      en: 'Stage {number} has the same approval number ({approval}), type, variant and version as the stage before. At least one must differ.',
      de: 'Stufe {number} hat dieselbe Genehmigungsnummer ({approval}), denselben Typ, dieselbe Variante und Version wie die Stufe davor. Mindestens eines muss sich ändern.',
      fr: 'L’étape {number} a le même numéro d’homologation ({approval}), le même type, la même variante et la même version que l’étape précédente. Au moins un élément doit changer.',
    },
  },
]
