import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Rule } from '../rule.ts'

/** What systems write when they have nothing. `N/A` as a version has a rule of its own. */
const placeholder = /^(?:[-.?_*]+|x{2,}|n\/?a|n\.a\.|tb[acd]|todo|test|none|null|undefined|unknown|dummy|placeholder)$/i

const filled = (number: string, group: string, element: string): Rule => ({
  ...makeRule({
    code: `CHK-TEXT-${number}`,
    title: [
      `${element} is no placeholder`,
      `${element} ist kein Platzhalter`,
      `${element} n’est pas un texte provisoire`,
    ],
    severity: 'warning',
    clause: '2018/858 Article 36: the certificate states the vehicle’s own data',
    ...(group === '' ? {} : { each: cocPath(group) }),
    let: { text: group === '' ? cocPath(element) : element },
    check: { not: { matches: ['text', placeholder] } },
    at: group === '' ? cocPath(element) : element,
    message: [
      `${element} is "{text}", which looks like a placeholder. Put in the real text or leave the element out.`,
      `${element} ist „{text}“ und sieht wie ein Platzhalter aus. Setzen Sie den echten Text ein oder lassen Sie das Element weg.`,
      `${element} est « {text} », ce qui ressemble à un texte provisoire. Mettez le vrai texte ou supprimez l’élément.`,
    ],
  }),
})

/** States whose makers need a representative in the Union; the element is free text, so this warns. */
const outside =
  /^(?:japan|china|p\.?r\.? ?china|people.s republic of china|(?:south )?korea|republic of korea|india|thailand|taiwan|t[uü]rk(?:ey|iye)|turkiye|usa|u\.s\.a\.|united states.*|uk|u\.k\.|united kingdom|great britain|england|switzerland|brazil|mexico|canada|indonesia|vietnam|viet nam|malaysia|south africa|serbia|russia)$/i

export const rules: readonly Rule[] = [
  filled('001', 'MakeGroup', 'Make'),
  filled('002', 'CommercialNameGroup', 'CommercialName'),
  filled('003', 'ManufacturerGroup', 'ManufacturerName'),
  filled('004', 'SigningAuthorityGroup', 'SignerName'),
  filled('005', 'SigningAuthorityGroup', 'SignerPosition'),
  filled('006', 'SigningAuthorityGroup', 'SignatureLocation'),
  filled('007', '', 'Type'),
  filled('008', '', 'Variant'),
  filled('009', 'RemarkGroup', 'Remark'),
  makeRule({
    code: 'CHK-SIGN-001',
    title: [
      'A maker outside the Union has a representative in it',
      'Ein Hersteller außerhalb der Union hat einen Bevollmächtigten darin',
      'Un constructeur hors de l’Union y a un mandataire',
    ],
    severity: 'warning',
    clause: '2018/858 Article 13(4); IVI guideline, signer; CoC item 0.9',
    each: cocPath('ManufacturerGroup'),
    rows: 'last',
    only: { matches: ['ManufacturerCountryOfResidence', outside] },
    let: { country: 'ManufacturerCountryOfResidence' },
    check: { present: [cocPath('EURepresentativeGroup')] },
    at: cocPath('EURepresentativeGroup'),
    message: [
      'The manufacturer is in {country}, but no representative in the Union is named. Add EURepresentativeGroup.',
      'Der Hersteller sitzt in {country}, aber kein Bevollmächtigter in der Union ist genannt. Ergänzen Sie EURepresentativeGroup.',
      'Le constructeur est en {country}, mais aucun mandataire dans l’Union n’est nommé. Ajoutez EURepresentativeGroup.',
    ],
  }),
  makeRule({
    code: 'CHK-SIGN-002',
    title: ['Each signer stands once', 'Jeder Unterzeichner steht einmal', 'Chaque signataire figure une fois'],
    severity: 'warning',
    clause: 'IVI guideline, signer',
    each: cocPath('SigningAuthorityGroup'),
    let: { name: 'SignerName' },
    check: { unique: ['name', cocPath('SignerName')] },
    at: 'SignerName',
    message: [
      'Signer {name} stands more than once. Keep one row for each signer.',
      'Unterzeichner {name} steht mehrmals. Behalten Sie eine Zeile je Unterzeichner.',
      'Le signataire {name} figure plusieurs fois. Gardez une ligne par signataire.',
    ],
  }),
  makeRule({
    code: 'CHK-VIN-003',
    title: [
      'The VIN of an L vehicle ends in four digits',
      'Die FIN eines L-Fahrzeugs endet mit vier Ziffern',
      'Le VIN d’un véhicule L finit par quatre chiffres',
    ],
    severity: 'warning',
    clause: 'ISO 3779 clause 5; 901/2014 Annex IV, item 1',
    categories: ['L'],
    let: { vin: cocPath('VehicleIdentificationNumber') },
    check: { matches: ['vin', /\d{4}$/] },
    at: cocPath('VehicleIdentificationNumber'),
    message: [
      'The last four characters of the VIN {vin} are not all digits. See that it is typed as stamped.',
      'Die letzten vier Zeichen der FIN {vin} sind nicht alle Ziffern. Prüfen Sie, ob sie wie eingeschlagen erfasst ist.',
      'Les quatre derniers caractères du VIN {vin} ne sont pas tous des chiffres. Vérifiez qu’il est saisi comme frappé.',
    ],
  }),
]
