import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Rule } from '../rule.ts'

const manual = 'IVI set-up manual, mechanical couplings'
const towingNumber = cocPath('MechanicalCouplingNumberTowingMasses')
const vertical = cocPath('MaximumStaticVerticalMassCouplingPointGroup')
const verticalNumber = 'MechanicalCouplingNumberVerticalMass'

export const rules: readonly Rule[] = [
  makeRule({
    code: 'CHK-CPL-010',
    title: [
      'Where towing masses name couplings, every coupling has one',
      'Nennen Anhängelasten Kupplungen, hat jede Kupplung eine',
      'Si les masses remorquables nomment les attelages, chacun en a une',
    ],
    severity: 'warning',
    clause: `${manual}: as many coupling numbers of towing masses as couplings`,
    only: { present: [towingNumber] },
    each: cocPath('MechanicalCouplingGroup'),
    let: { coupling: 'MechanicalCouplingNumber' },
    check: { anyOf: ['coupling', towingNumber] },
    at: 'MechanicalCouplingNumber',
    message: [
      'No towing mass names coupling {coupling}, though others are named. Add its towing mass, or leave all the numbers out.',
      'Keine Anhängelast nennt Kupplung {coupling}, obwohl andere genannt sind. Ergänzen Sie ihre Anhängelast oder lassen Sie alle Nummern weg.',
      'Aucune masse remorquable ne nomme l’attelage {coupling}, alors que d’autres le sont. Ajoutez-la ou supprimez tous les numéros.',
    ],
  }),
  makeRule({
    code: 'CHK-CPL-011',
    title: ['No coupling parts on L', 'Keine Kupplungsteile bei L', 'Pas de pièces d’attelage sur L'],
    severity: 'error',
    clause: manual,
    categories: ['L'],
    let: { category: cocPath('VehicleCategory') },
    check: { absent: [cocPath('MechanicalCouplingPartsTable')] },
    at: cocPath('MechanicalCouplingPartsTable'),
    message: [
      'Coupling parts are given, but category {category} has none. Leave the table out.',
      'Kupplungsteile sind angegeben, aber Klasse {category} hat keine. Lassen Sie die Tabelle weg.',
      'Des pièces d’attelage sont données, mais la catégorie {category} n’en a pas. Supprimez le tableau.',
    ],
  }),
  makeRule({
    code: 'CHK-CPL-012',
    title: [
      'One static vertical mass holds for the vehicle',
      'Eine Stützlast gilt für das Fahrzeug',
      'Une seule masse verticale vaut pour le véhicule',
    ],
    severity: 'warning',
    clause: `${manual}: vehicle level without a coupling number`,
    let: { rows: { count: vertical, where: { absent: [verticalNumber] } } },
    check: { compare: ['rows', '<=', 1] },
    at: vertical,
    message: [
      '{rows} static vertical masses name no coupling; only one can hold for the whole vehicle. Add the coupling numbers.',
      '{rows} Stützlasten nennen keine Kupplung; nur eine kann für das ganze Fahrzeug gelten. Ergänzen Sie die Kupplungsnummern.',
      '{rows} masses verticales ne nomment aucun attelage ; une seule peut valoir pour le véhicule. Ajoutez les numéros d’attelage.',
    ],
  }),
  makeRule({
    code: 'CHK-CPL-013',
    title: [
      'A coupling has one static vertical mass',
      'Eine Kupplung hat eine Stützlast',
      'Un attelage a une masse verticale',
    ],
    severity: 'warning',
    clause: manual,
    each: vertical,
    let: { coupling: verticalNumber },
    check: { unique: ['coupling', cocPath(verticalNumber)] },
    at: verticalNumber,
    message: [
      'Coupling {coupling} has more than one static vertical mass. Keep the one that holds.',
      'Kupplung {coupling} hat mehr als eine Stützlast. Behalten Sie die gültige.',
      'L’attelage {coupling} a plus d’une masse verticale. Gardez celle qui vaut.',
    ],
  }),
]
