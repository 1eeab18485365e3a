import { test } from 'tap'
import { ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { codesWithoutMeaning, labelOf, languages, meaningOf } from '../../../gateway/ivi/coc/coc.ts'
import { readTable } from '../../../gateway/ivi/coc/read-table.ts'

const labels = readTable('labels.tsv')
const meanings = readTable('code-meanings.tsv')
const countries = readTable('code-meanings-countries.tsv')

test('every element and group has a label in three languages, and no label is left over', async (t) => {
  t.strictSame(
    labels.map((row) => row['name']),
    [...ivi20.elements.keys()],
  )
  for (const row of labels)
    for (const language of languages) {
      const label = labelOf(row['name'] ?? '', language)
      if (label !== row[language] || label === '' || label !== label.trim() || label.length > 70)
        t.fail(`${row['name']} ${language}: "${label}" must be 1 to 70 characters without blanks around it`)
    }
})

test('no two elements have one label, so a list of them needs no paths', async (t) => {
  for (const language of languages) {
    const seen = new Map<string, string>()
    for (const name of ivi20.elements.keys()) {
      const label = labelOf(name, language).toLowerCase()
      const other = seen.get(label)
      if (other !== undefined) t.fail(`${name} and ${other} have one label (${language}): ${label}`)
      seen.set(label, name)
    }
  }
  t.equal(labelOf('WheelbaseAdjustableMin', 'en'), 'Wheelbase, adjustable, minimum')
  t.equal(labelOf('WheelbaseAdjustableMax', 'de'), 'Radstand, verstellbar, Maximum')
  t.equal(labelOf('MassInRunningOrder', 'fr'), 'Masse en ordre de marche')
  t.equal(labelOf('AxleGroup', 'en'), 'Axle')
  t.equal(labelOf('AxleTable', 'en'), 'Axles')
})

test('a name of another release is spelt out', async (t) => {
  t.equal(labelOf('BatteryPassportNumber', 'de'), 'Battery Passport Number')
  t.equal(labelOf('constructor', 'en'), 'constructor')
})

test('every row of the tables is about a code of the catalogue, once', async (t) => {
  const seen = new Set<string>()
  for (const row of [...meanings, ...countries]) {
    const key = `${row['type']} ${row['code']}`
    if (!ivi20.types.get(row['type'] ?? '')?.codes?.includes(row['code'] ?? '')) t.fail(`${key} is no code of IVI 2.0`)
    if (seen.has(key)) t.fail(`${key} stands twice`)
    seen.add(key)
  }
  t.equal(seen.size, meanings.length + countries.length)
})

test('a row has all three languages and says whence, or is open and says nothing', async (t) => {
  for (const row of meanings) {
    const cells = [...languages, 'source'].map((column) => row[column] ?? '')
    const wanted = row['confidence'] === 'open' ? cells.every((c) => c === '') : cells.every((c) => c.trim() !== '')
    if (!wanted || !/^(sure|likely|open)$/.test(row['confidence'] ?? '')) t.fail(Object.values(row).join(' | '))
  }
  for (const row of countries)
    for (const language of languages)
      if (meaningOf(row['type'] ?? '', row['code'] ?? '', language) === undefined || !row['source'])
        t.fail(`${row['type']} ${row['code']} has no country name (${language})`)
})

test('no two codes of a list mean the same', async (t) => {
  for (const { name, codes = [] } of ivi20.types.values())
    for (const language of languages) {
      const texts = codes.map((code) => meaningOf(name, code, language)).filter((text) => text !== undefined)
      if (new Set(texts).size !== texts.length) t.fail(`${name} has one text twice (${language})`)
    }
})

test('codes are explained in the language asked for', async (t) => {
  t.equal(meaningOf('GearboxTypeCode', 'C', 'de'), 'Stufenloses Getriebe (CVT)')
  t.equal(meaningOf('ViennaCountryCode', 'EAK', 'fr'), 'Kenya')
  t.equal(meaningOf('ViennaCountryCode', 'FL', 'en'), 'Liechtenstein')
  t.equal(meaningOf('TypeApprovalCountryCode', 'e24', 'de'), 'Irland')
  t.equal(meaningOf('EuCountryCode', 'UK', 'de'), 'Vereinigtes Königreich')
  t.equal(meaningOf('EuLanguageCode', 'ga', 'fr'), 'irlandais')
  t.equal(meaningOf('EnergySourceCode', '95', 'en'), 'Electricity')
})

test('what is not on the list has no meaning', async (t) => {
  t.equal(meaningOf('EuCountryCode', 'JP', 'en'), undefined)
  t.equal(meaningOf('EuCountryCode', 'not a country', 'en'), undefined)
  t.equal(meaningOf('GearboxTypeCode', 'constructor', 'en'), undefined)
  t.equal(meaningOf('Text35', 'A', 'en'), undefined)
  t.equal(meaningOf('MethodAttachmentStatutoryPlateCode', 'A1', 'en'), undefined)
})

/** May only become shorter: whoever finds a meaning writes it in the table and strikes the code here. */
const open: Readonly<Record<string, string>> = {
  AdvancedSafetySystemCode: 'CDCF',
  CompletedAlteredCode: 'A|B|C',
  ExhaustEmissionLevel:
    'Euro 6 BA|Euro 6 BB|Euro 6 BC|Euro 6 PLN|Euro 7 FE|Euro 7 FL|Euro 7 GE|Euro 7 GL|Euro 7 GS|Euro 7 GT|' +
    'Euro 7 HE|Euro 7 HL|Euro 7 HS|Euro 7 HT|Euro 7 TE|Euro 7 TL|Euro 7 TS|Euro 7 TT|Euro VI E+',
  GearboxTypeCode: 'F|G',
  GeneralCodeEcoInnovationCode: '28|29|32|33|35|37|38',
  MethodAttachmentStatutoryPlateCode: 'A1|A2|A3|A4',
  SpeedCategorySymbolCode: 'I',
  TrailerBrakeControlSystemTechnologyCode: 'COMPE',
  TyreClassificationCode: 'G-1|G-2|G-3|I-5',
  VehicleGroupCode:
    '111|111V|112|112V|113|121|121V|122|122V|123|123V|124|124V|125|126|131|131V|132|132V|133|141|141V|142|142V|143|' +
    '18|19|221|222|223|231|232|233|421|421V|422|422V|423|431|431V|432|432V|433|441|441V|442|442V|443|541|542|543|' +
    '611|611V|612|612V|621|621V|622|622V|623|623V|624|624V|625|631|631V|632|632V|633',
}

test('the codes without a meaning are these and no others', async (t) => {
  const pinned = Object.entries(open).flatMap(([type, codes]) => codes.split('|').map((code) => `${type} ${code}`))
  t.strictSame(
    codesWithoutMeaning()
      .map(({ type, code }) => `${type} ${code}`)
      .toSorted(),
    pinned.toSorted(),
  )
})
