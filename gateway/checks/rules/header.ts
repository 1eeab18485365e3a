import type { Rule } from '../rule.ts'

const approval = '/CocDataGroup/TypeApprovalNumber'
const guideline = 'IVI guideline, header'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-HDR-001',
    title: 'The document says IVI 2.0',
    severity: 'error',
    clause: guideline,
    let: { release: '/Header/IviVersionNumberXsd' },
    check: { in: ['release', ['2.0']] },
    at: '/Header/IviVersionNumberXsd',
    message: 'IviVersionNumberXsd is {release}; an IVI 2.0 document says 2.0.',
  },
  {
    code: 'CHK-HDR-002',
    title: 'Versions count from 1',
    severity: 'error',
    clause: guideline,
    let: { version: '/Header/IviVersionNumber' },
    check: { compare: ['version', '>=', 1] },
    at: '/Header/IviVersionNumber',
    message: 'IviVersionNumber is {version}; the first version of a document is 1.',
  },
  {
    code: 'CHK-HDR-003',
    title: 'The approving state of the header is the one of the approval number',
    severity: 'error',
    clause: '2020/683 Annex IV; IVI change overview, DesignatedTypeApprovalCountry',
    let: {
      header: '/Header/DesignatedTypeApprovalCountry',
      number: approval,
      state: { capture: 'number', pattern: /^([A-Za-z]\d{1,2})\*/ },
    },
    check: { same: ['header', 'state'] },
    at: '/Header/DesignatedTypeApprovalCountry',
    message: 'The header names {header} as approving state, the approval number {number} comes from {state}.',
  },
  {
    code: 'CHK-HDR-004',
    title: 'The approval number has the form of one',
    severity: 'error',
    clause: '2020/683 Annex IV section 1',
    // A national small series may carry a number of its state's own form. Base regulations before 2018/858 stay valid.
    when: { if: { in: ['/CocDataGroup/TypeApprovalType', ['EU', 'ESS']] } },
    let: { number: approval },
    check: { matches: ['number', /^[egn]\d{1,2}\*[A-Z]{0,4}\d{1,4}\/\d{2,4}\*\d{4,6}\*\d{2}$/] },
    at: approval,
    message: 'The approval number {number} is not state*regulation*number*extension, such as e4*2018/858*00001*00.',
  },
  {
    code: 'CHK-HDR-005',
    title: 'Numbers under 2018/858 have five digits',
    severity: 'error',
    clause: '2020/683 Annex IV section 1, part 4',
    when: { if: { matches: [approval, /\*(2018|KS18)\/858\*/] } },
    let: { number: approval },
    check: { matches: ['number', /\/858\*\d{5}\*\d{2}$/] },
    at: approval,
    message: 'The approval number {number} needs five digits and a two-digit extension, such as *00001*00.',
  },
  {
    code: 'CHK-HDR-006',
    title: 'Version N/A is for vehicles of 167/2013 and 168/2013 only',
    severity: 'error',
    clause: 'IVI change overview, Version',
    when: { categories: ['M', 'N', 'O'] },
    let: { version: '/CocDataGroup/Version' },
    check: { not: { in: ['version', ['N/A']] } },
    at: '/CocDataGroup/Version',
    message: 'The version is {version}; a vehicle of category M, N or O always has a version.',
  },
]
