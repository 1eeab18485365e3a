import type { Rule } from '../rule.ts'

const axles = '/CocDataGroup/AxleTable/AxleGroup'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-TYRE-001',
    title: {
      en: 'Tyres of an axle are numbered 1 to n',
      de: 'Reifen einer Achse sind von 1 bis n nummeriert',
      fr: 'Les pneumatiques d’un essieu sont numérotés de 1 à n',
    },
    severity: 'error',
    clause: 'Official content check: IS NUMBERED',
    each: `${axles}/TyreAxleTable/TyreAxleGroup`,
    let: { axle: '../../AxleNumber', number: 'TyreNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'TyreNumber',
    message: {
      en: 'Tyre row {expected} of axle {axle} carries the number {number}. Number the tyres of each axle 1, 2, 3 …',
      de: 'Reifenzeile {expected} der Achse {axle} trägt die Nummer {number}. Nummerieren Sie die Reifen jeder Achse mit 1, 2, 3 …',
      fr: 'La ligne de pneumatique {expected} de l’essieu {axle} porte le numéro {number}. Numérotez les pneumatiques de chaque essieu 1, 2, 3 …',
    },
  },
  {
    code: 'CHK-TYRE-002',
    title: {
      en: 'Exactly one tyre of each axle is the fitted one',
      de: 'Genau ein Reifen jeder Achse ist der montierte',
      fr: 'Un seul pneumatique par essieu est celui monté',
    },
    severity: 'error',
    clause: 'Official content check [233]; CoC item 35 (2018/858 vehicles)',
    when: { categories: ['M', 'N', 'O'], if: { present: ['TyreAxleTable'] } },
    each: axles,
    let: {
      axle: 'AxleNumber',
      fitted: { count: 'TyreAxleTable/TyreAxleGroup/TyreFittedProductionIndicator', in: ['Y'] },
    },
    check: { compare: ['fitted', '=', 1] },
    at: 'TyreAxleTable',
    message: {
      en: 'Axle {axle} marks {fitted} tyres as fitted in production. Exactly one row of each axle carries Y.',
      de: 'Achse {axle} kennzeichnet {fitted} Reifen als in der Produktion montiert. Genau eine Zeile jeder Achse trägt Y.',
      fr: 'L’essieu {axle} marque {fitted} pneumatiques comme montés en production. Une seule ligne par essieu porte Y.',
    },
  },
  {
    code: 'CHK-TYRE-003',
    title: {
      en: 'A tyre combination names a tyre of the axle table',
      de: 'Eine Reifenkombination nennt einen Reifen der Achstabelle',
      fr: 'Une combinaison de pneumatiques désigne un pneumatique du tableau des essieux',
    },
    severity: 'error',
    clause: 'Official content check: ANY of a list',
    each: '/CocDataGroup/TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup/TyreAxleCombinationTable/TyreAxleCombinationGroup',
    let: { tyre: 'TyreNumberCombination' },
    check: { anyOf: ['tyre', `${axles}/TyreAxleTable/TyreAxleGroup/TyreNumber`] },
    at: 'TyreNumberCombination',
    message: {
      en: 'The combination names tyre {tyre}, which no axle has. Correct the number.',
      de: 'Die Kombination nennt Reifen {tyre}, den keine Achse hat. Berichtigen Sie die Nummer.',
      fr: 'La combinaison désigne le pneumatique {tyre}, qu’aucun essieu n’a. Corrigez le numéro.',
    },
  },
]
