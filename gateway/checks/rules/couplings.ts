import type { Texts } from '../../ivi/coc/coc-item.ts'
import type { Rule } from '../rule.ts'

const coc = '/CocDataGroup'
const couplings = `${coc}/MechanicalCouplingTable/MechanicalCouplingGroup`
const canBeFitted = `${coc}/MechanicalCouplingCanBeFittedTable`
const vertical = `${coc}/MassGroup/MaximumStaticVerticalMassCouplingPointTable`
const manual = 'IVI set-up manual, mechanical couplings'

const knownCoupling = (number: string, each: string, element: string): Rule => ({
  code: `CHK-CPL-${number}`,
  title: {
    en: `${element} names a fitted coupling`,
    de: `${element} nennt eine angebaute Verbindungseinrichtung`,
    fr: `${element} désigne un dispositif d’attelage monté`,
  },
  severity: 'error',
  clause: 'Official content check [169]; IVI set-up manual, mechanical couplings',
  each,
  let: { coupling: element },
  check: { anyOf: ['coupling', `${couplings}/MechanicalCouplingNumber`] },
  at: element,
  message: {
    en: `${element} names coupling {coupling}, which the table of fitted couplings does not have. Correct the number.`,
    de: `${element} nennt die Verbindungseinrichtung {coupling}, die in der Tabelle der angebauten nicht steht. Berichtigen Sie die Nummer.`,
    fr: `${element} désigne le dispositif d’attelage {coupling}, absent du tableau des dispositifs montés. Corrigez le numéro.`,
  },
})

const nameOf = (path: string): string => path.split('/').at(-1) ?? path

const forbidden = (number: string, categories: readonly string[], path: string, title: Texts): Rule => ({
  code: `CHK-CPL-${number}`,
  title,
  severity: 'error',
  clause: manual,
  when: { categories },
  let: { category: `${coc}/VehicleCategory` },
  check: { absent: [path] },
  at: path,
  message: {
    en: `${nameOf(path)} is not for category {category}. Leave it out.`,
    de: `${nameOf(path)} gehört nicht zu Klasse {category}. Lassen Sie es weg.`,
    fr: `${nameOf(path)} ne concerne pas la catégorie {category}. Supprimez-le.`,
  },
})

export const rules: readonly Rule[] = [
  {
    code: 'CHK-CPL-001',
    title: {
      en: 'Fitted couplings are numbered 1 to n',
      de: 'Angebaute Verbindungseinrichtungen sind von 1 bis n nummeriert',
      fr: 'Les dispositifs d’attelage montés sont numérotés de 1 à n',
    },
    severity: 'error',
    clause: 'Official content check: IS NUMBERED',
    each: couplings,
    let: { number: 'MechanicalCouplingNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'MechanicalCouplingNumber',
    message: {
      en: 'Coupling row {expected} carries the number {number}. Number the couplings 1, 2, 3 …',
      de: 'Zeile {expected} der Verbindungseinrichtungen trägt die Nummer {number}. Nummerieren Sie sie mit 1, 2, 3 …',
      fr: 'La ligne d’attelage {expected} porte le numéro {number}. Numérotez les attelages 1, 2, 3 …',
    },
  },
  knownCoupling(
    '002',
    `${vertical}/MaximumStaticVerticalMassCouplingPointGroup`,
    'MechanicalCouplingNumberVerticalMass',
  ),
  knownCoupling(
    '003',
    `${coc}/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup`,
    'MechanicalCouplingNumberTowingMasses',
  ),
  knownCoupling(
    '004',
    `${coc}/TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup/TyreAxleCouplingPointTyreCombinationTable/TyreAxleCouplingPointTyreCombinationGroup`,
    'MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination',
  ),
  {
    code: 'CHK-CPL-005',
    title: {
      en: 'Couplings that can be fitted are for incomplete vehicles',
      de: 'Anbaubare Verbindungseinrichtungen stehen nur bei unvollständigen Fahrzeugen',
      fr: 'Les attelages pouvant être montés concernent les véhicules incomplets',
    },
    severity: 'error',
    clause: manual,
    when: { stages: ['C', 'V'] },
    let: { stage: `${coc}/StageOfCompletion` },
    check: { absent: [canBeFitted] },
    at: canBeFitted,
    message: {
      en: 'The vehicle is finished (stage {stage}), so it has couplings, not couplings that can be fitted. Leave the table out.',
      de: 'Das Fahrzeug ist fertig (Stufe {stage}): Es hat Verbindungseinrichtungen, keine anbaubaren. Lassen Sie die Tabelle weg.',
      fr: 'Le véhicule est achevé (étape {stage}) : il a des attelages, et non des attelages pouvant être montés. Supprimez le tableau.',
    },
  },
  forbidden('006', ['M1', 'L', 'T', 'C', 'R', 'S'], canBeFitted, {
    en: 'Couplings that can be fitted are not for all categories',
    de: 'Anbaubare Verbindungseinrichtungen gibt es nicht bei allen Klassen',
    fr: 'Les attelages pouvant être montés ne concernent pas toutes les catégories',
  }),
  forbidden('007', ['M1'], `${coc}/MechanicalCouplingTable`, {
    en: 'No table of fitted couplings on M1',
    de: 'Keine Tabelle angebauter Verbindungseinrichtungen bei M1',
    fr: 'Pas de tableau des attelages montés pour M1',
  }),
  {
    code: 'CHK-CPL-008',
    title: {
      en: 'No coupling number at the static vertical mass on M1',
      de: 'Keine Nummer der Verbindungseinrichtung an der Stützlast bei M1',
      fr: 'Pas de numéro d’attelage à la masse verticale statique pour M1',
    },
    severity: 'error',
    clause: manual,
    when: { categories: ['M1'] },
    each: `${vertical}/MaximumStaticVerticalMassCouplingPointGroup`,
    let: { coupling: 'MechanicalCouplingNumberVerticalMass' },
    check: { absent: ['MechanicalCouplingNumberVerticalMass'] },
    at: 'MechanicalCouplingNumberVerticalMass',
    message: {
      en: 'The static vertical mass names coupling {coupling}, but an M1 vehicle has no coupling table. Leave it out.',
      de: 'Die Stützlast nennt die Verbindungseinrichtung {coupling}, ein M1-Fahrzeug hat aber keine solche Tabelle. Lassen Sie die Nummer weg.',
      fr: 'La masse verticale statique désigne l’attelage {coupling}, mais un véhicule M1 n’a pas de tableau des attelages. Supprimez le numéro.',
    },
  },
  forbidden('009', ['T', 'C'], vertical, {
    en: 'No static vertical mass table on T and C',
    de: 'Keine Tabelle der Stützlasten bei T und C',
    fr: 'Pas de tableau des masses verticales statiques pour T et C',
  }),
]
