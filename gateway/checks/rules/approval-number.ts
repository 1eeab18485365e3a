import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, say } from '../coc-path.ts'
import type { ContentRule, Rule, When } from '../rule.ts'

const approval = cocPath('TypeApprovalNumber')
const category = cocPath('VehicleCategory')
const rows = cocPath('ManufacturerGroup')
const vehicles = ['M', 'N', 'O']
const tractors = ['T', 'C', 'R', 'S']
/** Distinguishing numbers of the states that grant approvals valid in the Union (2020/683 Annex IV; 16 is Norway, by the EEA agreement). */
const eNumbers = '[1-9]|1[236789]|20|21|23|24|25|26|27|29|32|34|36|49|50'
const annex = '2020/683 Annex IV section 1'

interface Options {
  readonly number: string
  readonly title: Texts
  readonly severity: Rule['severity']
  readonly clause: string
  readonly when?: When
  readonly wrong: RegExp
  readonly message: Texts
}

/** An approval number that must not look so; national numbers of other forms fall under none of the patterns. */
const never = ({ number, title, severity, clause, when, wrong, message }: Options): ContentRule => ({
  code: `CHK-APR-${number}`,
  title,
  severity,
  clause,
  ...(when === undefined ? {} : { when }),
  let: { number: approval, category, kind: cocPath('TypeApprovalType') },
  check: { not: { matches: ['number', wrong] } },
  at: approval,
  message,
})

const family = (number: string, categories: readonly string[], acts: string, wrong: RegExp): ContentRule =>
  never({
    number,
    title: say(
      `Approvals of ${categories.join(', ')} are under ${acts}`,
      `Genehmigungen von ${categories.join(', ')} stehen unter ${acts}`,
      `Les réceptions de ${categories.join(', ')} relèvent de ${acts}`,
    ),
    severity: 'error',
    clause: `${acts} Article 1 and 2`,
    when: { categories },
    wrong,
    message: say(
      `The approval number {number} is of another act; category {category} is approved under ${acts}. Correct number or category.`,
      `Die Genehmigungsnummer {number} gehört zu einem anderen Rechtsakt; Klasse {category} wird nach ${acts} genehmigt. Berichtigen Sie Nummer oder Klasse.`,
      `Le numéro de réception {number} est d’un autre acte ; la catégorie {category} est réceptionnée selon ${acts}. Corrigez le numéro ou la catégorie.`,
    ),
  })

const kind = (number: string, types: readonly ('EU' | 'ESS' | 'NSS')[], wrong: RegExp, form: Texts): ContentRule =>
  never({
    number,
    title: say(
      `The number of kind ${types.join(', ')} has the form of that kind`,
      `Die Nummer der Art ${types.join(', ')} hat die Form dieser Art`,
      `Le numéro du genre ${types.join(', ')} a la forme de ce genre`,
    ),
    severity: 'warning',
    clause: `${annex}, part 2`,
    when: { categories: vehicles, types },
    wrong,
    message: say(
      `TypeApprovalType is {kind}, but the approval number {number} is not one of it: ${form.en}. Correct kind or number.`,
      `TypeApprovalType ist {kind}, aber die Genehmigungsnummer {number} gehört nicht dazu: ${form.de}. Berichtigen Sie Art oder Nummer.`,
      `TypeApprovalType est {kind}, mais le numéro {number} n’en est pas : ${form.fr}. Corrigez le genre ou le numéro.`,
    ),
  })

export const rules: readonly Rule[] = [
  family('001', vehicles, '2018/858', /\*16[78]\/2013\*/),
  family('002', ['L'], '168/2013', /\*(?:167\/2013|[A-Z]*(?:20)?18\/858|[A-Z]*(?:20)?07\/46)\*/),
  family('003', tractors, '167/2013', /\*(?:168\/2013|[A-Z]*(?:20)?18\/858|[A-Z]*(?:20)?07\/46)\*/),
  kind(
    '004',
    ['EU'],
    /\*N?KS\d\d\/\d+\*/,
    say('KS and NKS are small series', 'KS und NKS sind Kleinserien', 'KS et NKS sont des petites séries'),
  ),
  kind(
    '005',
    ['ESS'],
    /\*(?:2018\/858|2007\/46|NKS\d\d\/\d+)\*/,
    say('it has KS18/858', 'sie hat KS18/858', 'il a KS18/858'),
  ),
  kind(
    '006',
    ['NSS'],
    /\*(?:2018\/858|2007\/46|KS\d\d\/\d+)\*/,
    say('it has NKS18/858', 'sie hat NKS18/858', 'il a NKS18/858'),
  ),
  never({
    number: '007',
    title: say(
      'The state number is one of a state that grants EU approvals',
      'Die Staatennummer ist die eines Staates, der EU-Genehmigungen erteilt',
      'Le numéro d’État est celui d’un État qui délivre des réceptions UE',
    ),
    severity: 'error',
    clause: `${annex}, part 1`,
    wrong: new RegExp(`^e(?!(?:${eNumbers})\\*)\\d+\\*`),
    message: say(
      'The approval number {number} begins with a state number that no EU state has (e11 was the UK: today g11 or n11). Correct it.',
      'Die Genehmigungsnummer {number} beginnt mit einer Staatennummer, die kein EU-Staat hat (e11 war das Vereinigte Königreich: heute g11 oder n11). Berichtigen Sie sie.',
      'Le numéro de réception {number} commence par un numéro d’État qu’aucun État de l’UE n’a (e11 était le Royaume-Uni : aujourd’hui g11 ou n11). Corrigez-le.',
    ),
  }),
  never({
    number: '008',
    title: say(
      'g and n numbers are those of the United Kingdom, 11',
      'g- und n-Nummern sind die des Vereinigten Königreichs, 11',
      'Les numéros g et n sont ceux du Royaume-Uni, 11',
    ),
    severity: 'error',
    clause: 'VCA, GB and UK(NI) type approval numbers',
    wrong: /^[gn](?!11\*)\d+\*/,
    message: say(
      'The approval number {number} begins with g or n, but not with g11 (Great Britain) or n11 (Northern Ireland). Correct it.',
      'Die Genehmigungsnummer {number} beginnt mit g oder n, aber nicht mit g11 (Großbritannien) oder n11 (Nordirland). Berichtigen Sie sie.',
      'Le numéro de réception {number} commence par g ou n, mais pas par g11 (Grande-Bretagne) ou n11 (Irlande du Nord). Corrigez-le.',
    ),
  }),
  never({
    number: '009',
    title: say(
      'The number of the approval counts from 1',
      'Die Nummer der Genehmigung zählt ab 1',
      'Le numéro de la réception compte à partir de 1',
    ),
    severity: 'error',
    clause: `${annex}, part 4`,
    wrong: /^[egn]\d+\*[^*]+\*0+(?:\*|$)/,
    message: say(
      'The approval number {number} has only zeros as its fourth part; numbers begin at 00001. Put in the number of the certificate.',
      'Die Genehmigungsnummer {number} hat im vierten Teil nur Nullen; Nummern beginnen bei 00001. Setzen Sie die Nummer des Bogens ein.',
      'Le numéro de réception {number} n’a que des zéros en quatrième partie ; les numéros commencent à 00001. Mettez celui de la fiche.',
    ),
  }),
  never({
    number: '010',
    title: say(
      'Individual approvals have no certificate of conformity',
      'Einzelgenehmigungen haben keine Übereinstimmungsbescheinigung',
      'Les réceptions individuelles n’ont pas de certificat de conformité',
    ),
    severity: 'warning',
    clause: '2018/858 Articles 36, 44 and 45',
    wrong: /\*N?IV\d\d\/\d+\*/,
    message: say(
      'The approval number {number} is of an individual approval (IV, NIV), which has no certificate of conformity. See that it is right.',
      'Die Genehmigungsnummer {number} ist eine Einzelgenehmigung (IV, NIV); dafür gibt es keine Übereinstimmungsbescheinigung. Prüfen Sie sie.',
      'Le numéro {number} est une réception individuelle (IV, NIV), qui n’a pas de certificat de conformité. Vérifiez-le.',
    ),
  }),
  never({
    number: '011',
    title: say(
      'Numbers under 167/2013 and 168/2013 have five digits',
      'Nummern nach 167/2013 und 168/2013 haben fünf Ziffern',
      'Les numéros selon 167/2013 et 168/2013 ont cinq chiffres',
    ),
    severity: 'warning',
    clause: '901/2014 Annex VI; 2015/504 Annex VI',
    wrong: /\*16[78]\/2013\*(?!\d{5}\*\d{2}$)/,
    message: say(
      'The approval number {number} should have five digits and a two-digit extension, such as *00001*00. Check it.',
      'Die Genehmigungsnummer {number} sollte fünf Ziffern und eine zweistellige Erweiterung haben, etwa *00001*00. Prüfen Sie sie.',
      'Le numéro {number} devrait avoir cinq chiffres et une extension à deux chiffres, comme *00001*00. Vérifiez-le.',
    ),
  }),
  never({
    number: '012',
    title: say(
      'The base regulation of M, N, O is known',
      'Der Grundrechtsakt von M, N, O ist bekannt',
      'L’acte de base de M, N, O est connu',
    ),
    severity: 'warning',
    clause: '2018/858 Article 88; 2020/683 Annex IV',
    when: { categories: vehicles, types: ['EU', 'ESS'] },
    // Numbers of 70/156/EEC carry its last amendment; approvals live on by extension.
    wrong:
      /^[egn]\d+\*(?!(?:(?:2018|K?S?18)\/858|(?:2007|K?S?07)\/46|NKS\d\d\/\d+|N?IV\d\d\/\d+|16[78]\/2013|(?:20)?\d\d\/\d+)\*)/,
    message: say(
      'The approval number {number} names no base regulation known for whole vehicles (2018/858, KS18/858, 2007/46). Check its second part.',
      'Die Genehmigungsnummer {number} nennt keinen bekannten Grundrechtsakt für Fahrzeuge (2018/858, KS18/858, 2007/46). Prüfen Sie den zweiten Teil.',
      'Le numéro {number} ne nomme aucun acte de base connu pour véhicules (2018/858, KS18/858, 2007/46). Vérifiez la deuxième partie.',
    ),
  }),
  {
    code: 'CHK-APR-013',
    title: say(
      'The earlier stage was approved under an act for vehicles',
      'Die frühere Stufe wurde nach einem Rechtsakt für Fahrzeuge genehmigt',
      'L’étape précédente a été réceptionnée selon un acte pour véhicules',
    ),
    severity: 'error',
    clause: '2018/858 Annex IX 3.3',
    when: { categories: vehicles },
    each: rows,
    let: { number: 'PreviousStageTypeApprovalNumber', stage: 'ManufacturerStageNumber' },
    check: { not: { matches: ['number', /\*16[78]\/2013\*/] } },
    at: 'PreviousStageTypeApprovalNumber',
    message: say(
      'Stage {stage} names approval {number} as the one before, which is not of M, N or O. Put in the approval of the stage before.',
      'Stufe {stage} nennt {number} als vorherige Genehmigung, die nicht zu M, N oder O gehört. Setzen Sie die der vorherigen Stufe ein.',
      'L’étape {stage} nomme la réception {number}, qui n’est pas de M, N ou O. Mettez celle de l’étape précédente.',
    ),
  },
  {
    code: 'CHK-APR-014',
    title: say(
      'The approval of the earlier stage carries its extension',
      'Die Genehmigung der früheren Stufe trägt ihre Erweiterung',
      'La réception de l’étape précédente porte son extension',
    ),
    severity: 'error',
    clause: '2018/858 Annex IX 3.3; IVI set-up manual, PreviousStage…',
    each: rows,
    let: { number: 'PreviousStageTypeApprovalNumber', stage: 'ManufacturerStageNumber' },
    check: { not: { matches: ['number', /^[egn]\d+\*(?:2018|KS18)\/858\*\d+\*?$/] } },
    at: 'PreviousStageTypeApprovalNumber',
    message: say(
      'Stage {stage} names approval {number} as the one before without its extension. Add it, such as *00.',
      'Stufe {stage} nennt die vorherige Genehmigung {number} ohne Erweiterung. Ergänzen Sie sie, etwa *00.',
      'L’étape {stage} nomme la réception {number} sans son extension. Ajoutez-la, par exemple *00.',
    ),
  },
]
