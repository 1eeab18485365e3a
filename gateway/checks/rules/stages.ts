import type { Rule } from '../rule.ts'

const coc = '/CocDataGroup'
const rows = `${coc}/ManufacturerTable/ManufacturerGroup`
const stage = `${coc}/StageOfCompletion`
const chains = 'IVI set-up manual, multi-stage; 2018/858 Article 3(20) to (22)'
const previous = ['TypeApprovalNumber', 'Type', 'Variant', 'Version'].map((name) => `PreviousStage${name}`)

export const rules: readonly Rule[] = [
  {
    code: 'CHK-STG-001',
    title: 'Manufacturers are numbered by stage, 1 to n',
    severity: 'error',
    clause: 'IVI set-up manual, ManufacturerStageNumber; official content check: IS NUMBERED',
    each: rows,
    let: { number: 'ManufacturerStageNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'ManufacturerStageNumber',
    message: 'Manufacturer row {expected} carries stage {number}. Give every stage from 1 on, in order.',
  },
  {
    code: 'CHK-STG-002',
    title: 'A later stage names the one before',
    severity: 'error',
    clause: '2018/858 Annex IX 3.3; IVI set-up manual, PreviousStage…',
    when: { if: { compare: ['ManufacturerStageNumber', '>=', 2] } },
    each: rows,
    let: { number: 'ManufacturerStageNumber' },
    check: { present: previous },
    at: 'PreviousStageTypeApprovalNumber',
    message: 'Stage {number} must give approval number with extension, type, variant and version of the stage before.',
  },
  {
    code: 'CHK-STG-003',
    title: 'The first stage names none before',
    severity: 'error',
    clause: 'IVI set-up manual, PreviousStage…',
    when: { if: { compare: ['ManufacturerStageNumber', '=', 1] } },
    each: rows,
    let: { before: 'PreviousStageTypeApprovalNumber' },
    check: { absent: previous },
    at: 'PreviousStageTypeApprovalNumber',
    message: 'Stage 1 names a stage before it ({before}). Leave the PreviousStage elements out there.',
  },
  {
    code: 'CHK-STG-004',
    title: 'A complete vehicle has one stage',
    severity: 'error',
    clause: chains,
    when: { stages: ['C'] },
    let: { stages: { count: rows } },
    check: { compare: ['stages', '=', 1] },
    at: stage,
    message:
      'StageOfCompletion C is a vehicle built in one stage, but {stages} manufacturers are given. Completed is V.',
  },
  {
    code: 'CHK-STG-005',
    title: 'A completed vehicle has two stages or more',
    severity: 'error',
    clause: chains,
    when: { stages: ['V'] },
    let: { stages: { count: rows } },
    check: { compare: ['stages', '>=', 2] },
    at: stage,
    message:
      'StageOfCompletion V is a vehicle completed in a later stage, but {stages} manufacturer is given. Complete is C.',
  },
  {
    code: 'CHK-STG-006',
    title: 'A stage changes approval number, type, variant or version',
    severity: 'error',
    clause: 'IVI set-up manual, multi-stage; official content check [90]',
    each: rows,
    rows: 'last',
    let: { number: 'ManufacturerStageNumber', approval: `${coc}/TypeApprovalNumber` },
    check: {
      not: {
        all: ['TypeApprovalNumber', 'Type', 'Variant', 'Version'].map((name) => ({
          same: [`PreviousStage${name}`, `${coc}/${name}`] as const,
        })),
      },
    },
    at: 'PreviousStageTypeApprovalNumber',
    message: 'Stage {number} has the same approval number ({approval}), type, variant and version as the stage before.',
  },
]
