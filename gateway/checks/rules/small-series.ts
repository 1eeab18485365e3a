import { cocPath, say } from '../coc-path.ts'
import type { Rule } from '../rule.ts'

const year = cocPath('ProductionYearSmallSeries')
const sequence = cocPath('ProductionSequentialNumberSmallSeries')
const kind = cocPath('TypeApprovalType')
const provisional = cocPath('ProvisionalTypeApprovalIndicator')
const territory = cocPath('ProvisionalApprovalTerritoryTable')
const form = '2020/683 Annex VIII, models A2 and C2'

const missing = say(
  'A small series vehicle (TypeApprovalType {kind}) gives year and number within the series. Add ProductionYearSmallSeries and ProductionSequentialNumberSmallSeries.',
  'Ein Kleinserienfahrzeug (TypeApprovalType {kind}) nennt Jahr und laufende Nummer. Ergänzen Sie ProductionYearSmallSeries und ProductionSequentialNumberSmallSeries.',
  'Un véhicule de petite série (TypeApprovalType {kind}) donne l’année et le numéro. Ajoutez ProductionYearSmallSeries et ProductionSequentialNumberSmallSeries.',
)

export const rules: readonly Rule[] = [
  {
    code: 'CHK-SML-001',
    title: say(
      'An EU small series vehicle gives year and number',
      'Ein Fahrzeug der EU-Kleinserie nennt Jahr und Nummer',
      'Un véhicule de petite série UE donne l’année et le numéro',
    ),
    severity: 'error',
    clause: form,
    when: { categories: ['M', 'N', 'O'], types: ['ESS'], stages: ['C', 'I'] },
    let: { kind },
    check: { present: [year, sequence] },
    at: year,
    message: missing,
  },
  {
    code: 'CHK-SML-002',
    title: say(
      'A national small series vehicle gives year and number',
      'Ein Fahrzeug der nationalen Kleinserie nennt Jahr und Nummer',
      'Un véhicule de petite série nationale donne l’année et le numéro',
    ),
    // A warning: the state that approves sets the form.
    severity: 'warning',
    clause: form,
    when: { categories: ['M', 'N', 'O'], types: ['NSS'], stages: ['C', 'I'] },
    let: { kind },
    check: { present: [year, sequence] },
    at: year,
    message: missing,
  },
  {
    code: 'CHK-SML-009',
    title: say(
      'A national small series vehicle of L, T, C, R, S gives year and number',
      'Ein Fahrzeug der nationalen Kleinserie von L, T, C, R, S nennt Jahr und Nummer',
      'Un véhicule L, T, C, R, S de petite série nationale donne l’année et le numéro',
    ),
    severity: 'warning',
    // Models A and B have year and number, C (incomplete) has not: other than under 2020/683.
    clause: '901/2014 Annex IV, 2015/504 Annex III, models A and B',
    when: { categories: ['L', 'T', 'C', 'R', 'S'], types: ['NSS'], stages: ['C', 'V'] },
    let: { kind },
    check: { present: [year, sequence] },
    at: year,
    message: missing,
  },
  {
    code: 'CHK-SML-003',
    title: say(
      'Only small series have year and number',
      'Nur Kleinserien haben Jahr und Nummer',
      'Seules les petites séries ont année et numéro',
    ),
    severity: 'error',
    clause: '2020/683 Annex VIII, models A1, B and C1',
    when: { types: ['EU'] },
    let: { kind, year, sequence },
    check: { absent: [year, sequence] },
    at: year,
    message: say(
      'TypeApprovalType {kind} has no year and number of a small series. Leave them out, or correct the kind of approval (ESS, NSS).',
      'TypeApprovalType {kind} hat kein Jahr und keine Nummer einer Kleinserie. Lassen Sie sie weg oder berichtigen Sie die Art (ESS, NSS).',
      'TypeApprovalType {kind} n’a ni année ni numéro de petite série. Supprimez-les ou corrigez le genre (ESS, NSS).',
    ),
  },
  {
    code: 'CHK-SML-004',
    title: say(
      'The year of the small series is that of manufacture',
      'Das Jahr der Kleinserie ist das der Herstellung',
      'L’année de la petite série est celle de fabrication',
    ),
    // A warning: the certificate may be of the year in which the unit is counted.
    severity: 'warning',
    clause: `${form}; 2018/858 Article 41 and 42`,
    let: { year, made: { capture: cocPath('DateManufactureVehicle'), pattern: /^(\d{4})-/ } },
    check: { compare: ['year', '=', 'made'] },
    at: year,
    message: say(
      'The small series year is {year}, the vehicle was manufactured in {made}. See that both are right.',
      'Das Jahr der Kleinserie ist {year}, das Fahrzeug wurde {made} hergestellt. Prüfen Sie beide.',
      'L’année de la petite série est {year}, le véhicule a été fabriqué en {made}. Vérifiez les deux.',
    ),
  },
  {
    code: 'CHK-SML-005',
    title: say(
      'Numbers within a small series count from 1',
      'Nummern einer Kleinserie zählen ab 1',
      'Les numéros d’une petite série comptent à partir de 1',
    ),
    severity: 'error',
    clause: form,
    let: { sequence },
    check: { compare: ['sequence', '>=', 1] },
    at: sequence,
    message: say(
      'The number within the small series is {sequence}; the first vehicle has 1. Correct it.',
      'Die Nummer in der Kleinserie ist {sequence}; das erste Fahrzeug hat 1. Berichtigen Sie sie.',
      'Le numéro dans la petite série est {sequence} ; le premier véhicule a 1. Corrigez-le.',
    ),
  },
  {
    code: 'CHK-SML-006',
    title: say(
      'EU small series are for M, N and O',
      'EU-Kleinserien gibt es für M, N und O',
      'Les petites séries UE sont pour M, N et O',
    ),
    severity: 'warning',
    clause: '168/2013 Article 42; 167/2013 Article 37; 2018/858 Article 41',
    when: { categories: ['L', 'T', 'C', 'R', 'S'] },
    let: { kind, category: cocPath('VehicleCategory') },
    check: { not: { in: ['kind', ['ESS']] } },
    at: kind,
    message: say(
      'Category {category} knows national small series (NSS) only, but TypeApprovalType is {kind}. Correct the kind of approval.',
      'Klasse {category} kennt nur nationale Kleinserien (NSS), aber TypeApprovalType ist {kind}. Berichtigen Sie die Art der Genehmigung.',
      'La catégorie {category} ne connaît que des petites séries nationales (NSS), mais TypeApprovalType est {kind}. Corrigez le genre.',
    ),
  },
  {
    code: 'CHK-SML-007',
    title: say(
      'A provisional approval names its territory',
      'Eine vorläufige Genehmigung nennt ihr Gebiet',
      'Une réception provisoire indique son territoire',
    ),
    severity: 'warning',
    clause: '2018/858 Article 39(4); 168/2013 Article 40; 167/2013 Article 35',
    when: { if: { in: [provisional, ['Y']] } },
    check: { present: [territory] },
    at: territory,
    message: say(
      'The approval is provisional (new technology), but no state is named where it is valid. Add ProvisionalApprovalTerritoryTable.',
      'Die Genehmigung ist vorläufig (neue Technologie), aber kein Staat ist genannt, in dem sie gilt. Ergänzen Sie ProvisionalApprovalTerritoryTable.',
      'La réception est provisoire (technologie nouvelle), mais aucun État de validité n’est nommé. Ajoutez ProvisionalApprovalTerritoryTable.',
    ),
  },
  {
    code: 'CHK-SML-008',
    title: say(
      'Only a provisional approval has a territory',
      'Nur eine vorläufige Genehmigung hat ein Gebiet',
      'Seule une réception provisoire a un territoire',
    ),
    severity: 'warning',
    clause: '2018/858 Article 39(4); 168/2013 Article 40; 167/2013 Article 35',
    when: { if: { in: [provisional, ['N']] } },
    check: { absent: [territory] },
    at: territory,
    message: say(
      'States are named where a provisional approval is valid, but the approval is not provisional. Correct the indicator or leave the table out.',
      'Staaten sind genannt, in denen eine vorläufige Genehmigung gilt, aber die Genehmigung ist nicht vorläufig. Berichtigen Sie die Kennzeichnung oder lassen Sie die Tabelle weg.',
      'Des États de validité provisoire sont nommés, mais la réception n’est pas provisoire. Corrigez l’indicateur ou supprimez le tableau.',
    ),
  },
]
