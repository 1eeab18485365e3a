import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Rule } from '../rule.ts'

const rows = cocPath('LocationMarkingsGroup')
const subject = cocPath('LocationMarkingsSubject')
const side = 'LocationMarkingsVehiclePartSide'
const section = 'LocationMarkingsVehiclePartSideSection'

/** Place on a two- or three-wheeler: side (R, C, L) and x, y, z in mm. */
const place = (number: string, element: string): Rule =>
  makeRule({
    code: `CHK-MARK-${number}`,
    title: [
      `${element} gives side and x, y, z`,
      `${element} nennt Seite und x, y, z`,
      `${element} donne le côté et x, y, z`,
    ],
    severity: 'warning',
    clause: '901/2014 Annex IV, notes 7 and 8',
    categories: ['L'],
    let: { place: cocPath(element) },
    check: { matches: ['place', /^[RCL]\W+x\s*=?\s*-?\d+\W+y\s*=?\s*-?\d+\W+z\s*=?\s*-?\d+/i] },
    at: cocPath(element),
    message: [
      `${element} is "{place}"; the certificate gives side and millimetres, such as "R, x325, y85, z725".`,
      `${element} ist „{place}“; die Bescheinigung nennt Seite und Millimeter, etwa „R, x325, y85, z725“.`,
      `${element} est « {place} » ; le certificat donne le côté et les millimètres, comme « R, x325, y85, z725 ».`,
    ],
  })

const marked = (number: string, code: 'STAT' | 'VIN', what: readonly [string, string, string]): Rule =>
  makeRule({
    code: `CHK-MARK-${number}`,
    title: [
      `The markings say where ${what[0]} is`,
      `Die Kennzeichnungen nennen den Ort: ${what[1]}`,
      `Les marquages indiquent où est ${what[2]}`,
    ],
    severity: 'warning',
    clause: 'IVI set-up manual, markings; CoC item 0.6',
    only: { present: [rows] },
    let: { found: { count: subject, in: [code] } },
    check: { compare: ['found', '>', 0] },
    at: rows,
    message: [
      `The markings table does not say where ${what[0]} is. Add a row with subject ${code}.`,
      `Die Tabelle der Kennzeichnungen nennt nicht den Ort: ${what[1]}. Ergänzen Sie eine Zeile mit ${code}.`,
      `Le tableau des marquages n’indique pas où est ${what[2]}. Ajoutez une ligne avec ${code}.`,
    ],
  })

export const rules: readonly Rule[] = [
  place('001', 'LocationStatutoryPlate23Wheel'),
  place('002', 'LocationVin23Wheel'),
  marked('003', 'STAT', ['the statutory plate', 'gesetzliches Schild', 'la plaque réglementaire']),
  marked('004', 'VIN', ['the VIN', 'Fahrzeug-Identifizierungsnummer', 'le numéro d’identification']),
  makeRule({
    code: 'CHK-MARK-005',
    title: ['A section belongs to a side', 'Ein Abschnitt gehört zu einer Seite', 'Une section va avec un côté'],
    severity: 'warning',
    clause: 'IVI set-up manual, markings',
    each: rows,
    only: { present: [section] },
    let: { section },
    check: { present: [side] },
    at: side,
    message: [
      'The marking names section {section}, but no side of the part. Add the side.',
      'Die Kennzeichnung nennt Abschnitt {section}, aber keine Seite des Teils. Ergänzen Sie die Seite.',
      'Le marquage nomme la section {section}, mais aucun côté. Ajoutez le côté.',
    ],
  }),
]
