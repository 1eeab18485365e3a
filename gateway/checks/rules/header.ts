import type { Rule } from '../rule.ts'

const approval = '/CocDataGroup/TypeApprovalNumber'
const guideline = 'IVI guideline, header'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-HDR-001',
    title: {
      en: 'The document says which IVI 2 it is',
      de: 'Das Dokument nennt seine Ausgabe von IVI 2',
      fr: 'Le document indique sa version d’IVI 2',
    },
    severity: 'error',
    clause: guideline,
    let: { release: '/Header/IviVersionNumberXsd' },
    // Which releases are in use, the schemas say that are here; the number has two parts in each.
    check: { matches: ['release', /^2\.\d{1,2}$/] },
    at: '/Header/IviVersionNumberXsd',
    message: {
      en: 'IviVersionNumberXsd is {release}; a document of IVI 2.0 says 2.0, not 2.0.0.',
      de: 'IviVersionNumberXsd ist {release}; ein Dokument nach IVI 2.0 nennt 2.0, nicht 2.0.0.',
      fr: 'IviVersionNumberXsd est {release} ; un document IVI 2.0 indique 2.0, et non 2.0.0.',
    },
  },
  {
    code: 'CHK-HDR-002',
    title: {
      en: 'Versions count from 1',
      de: 'Versionen zählen ab 1',
      fr: 'Les versions se comptent à partir de 1',
    },
    severity: 'error',
    clause: guideline,
    let: { version: '/Header/IviVersionNumber' },
    check: { compare: ['version', '>=', 1] },
    at: '/Header/IviVersionNumber',
    message: {
      en: 'IviVersionNumber is {version}; the first version of a document is 1.',
      de: 'IviVersionNumber ist {version}; die erste Version eines Dokuments ist 1.',
      fr: 'IviVersionNumber est {version} ; la première version d’un document est 1.',
    },
  },
  {
    code: 'CHK-HDR-003',
    title: {
      en: 'The approving state of the header is the one of the approval number',
      de: 'Der Genehmigungsstaat im Kopf ist der der Genehmigungsnummer',
      fr: 'L’État d’homologation de l’en-tête est celui du numéro d’homologation',
    },
    severity: 'error',
    clause: '2020/683 Annex IV; IVI change overview, DesignatedTypeApprovalCountry',
    let: {
      header: '/Header/DesignatedTypeApprovalCountry',
      number: approval,
      state: { capture: 'number', pattern: /^([A-Za-z]\d{1,2})\*/ },
    },
    check: { same: ['header', 'state'] },
    at: '/Header/DesignatedTypeApprovalCountry',
    message: {
      en: 'The header names {header} as approving state, the approval number {number} comes from {state}. Correct the one or the other.',
      de: 'Der Kopf nennt {header} als Genehmigungsstaat, die Genehmigungsnummer {number} kommt aus {state}. Berichtigen Sie eines von beiden.',
      fr: 'L’en-tête désigne {header} comme État d’homologation, le numéro {number} vient de {state}. Corrigez l’un des deux.',
    },
  },
  {
    code: 'CHK-HDR-004',
    title: {
      en: 'The approval number has the form of one',
      de: 'Die Genehmigungsnummer hat die richtige Form',
      fr: 'Le numéro d’homologation a la forme voulue',
    },
    severity: 'error',
    clause: '2020/683 Annex IV section 1',
    // A national small series may carry a number of its state's own form. Base regulations before 2018/858 stay valid.
    when: { if: { in: ['/CocDataGroup/TypeApprovalType', ['EU', 'ESS']] } },
    let: { number: approval },
    check: { matches: ['number', /^[egn]\d{1,2}\*[A-Z]{0,4}\d{1,4}\/\d{2,4}\*\d{4,6}\*\d{2}$/] },
    at: approval,
    message: {
      en: 'The approval number {number} is not state*regulation*number*extension, such as e4*2018/858*00001*00.',
      de: 'Die Genehmigungsnummer {number} ist nicht Staat*Verordnung*Nummer*Erweiterung wie e4*2018/858*00001*00.',
      fr: 'Le numéro d’homologation {number} n’est pas de la forme État*règlement*numéro*extension, comme e4*2018/858*00001*00.',
    },
  },
  {
    code: 'CHK-HDR-005',
    title: {
      en: 'Numbers under 2018/858 have five digits',
      de: 'Nummern nach 2018/858 haben fünf Ziffern',
      fr: 'Les numéros selon 2018/858 ont cinq chiffres',
    },
    severity: 'error',
    clause: '2020/683 Annex IV section 1, part 4',
    when: { if: { matches: [approval, /\*(2018|KS18)\/858\*/] } },
    let: { number: approval },
    check: { matches: ['number', /\/858\*\d{5}\*\d{2}$/] },
    at: approval,
    message: {
      en: 'The approval number {number} needs five digits and a two-digit extension, such as *00001*00.',
      de: 'Die Genehmigungsnummer {number} braucht fünf Ziffern und eine zweistellige Erweiterung wie *00001*00.',
      fr: 'Le numéro d’homologation {number} doit avoir cinq chiffres et une extension à deux chiffres, comme *00001*00.',
    },
  },
  {
    code: 'CHK-HDR-006',
    title: {
      en: 'Version N/A is for vehicles of 167/2013 and 168/2013 only',
      de: 'Version N/A gibt es nur für Fahrzeuge nach 167/2013 und 168/2013',
      fr: 'La version N/A est réservée aux véhicules de 167/2013 et 168/2013',
    },
    severity: 'error',
    clause: 'IVI change overview, Version',
    when: { categories: ['M', 'N', 'O'] },
    let: { version: '/CocDataGroup/Version' },
    check: { not: { in: ['version', ['N/A']] } },
    at: '/CocDataGroup/Version',
    message: {
      en: 'The version is {version}; a vehicle of category M, N or O always has a version. Give it.',
      de: 'Die Version ist {version}; ein Fahrzeug der Klasse M, N oder O hat immer eine Version. Geben Sie sie an.',
      fr: 'La version est {version} ; un véhicule de catégorie M, N ou O a toujours une version. Indiquez-la.',
    },
  },
]
