import csv from '../../../connectors/codecs/csv/codec.ts'
import xlsx from '../../../connectors/codecs/xlsx/codec.ts'
import xml from '../../../connectors/codecs/xml/codec.ts'
import { type ApprovalFileOptions, readApprovalFile } from '../../../gateway/approvals/read-approval-file.ts'
import type { Codec } from '../../../gateway/contract/codec.ts'

export const codecs: ReadonlyMap<string, Codec> = new Map([csv, xlsx, xml].map((c) => [c.format, c]))

export const read = (content: string | Buffer, file: string, options: Partial<ApprovalFileOptions> = {}) =>
  readApprovalFile(Buffer.from(content as string), file, { codecs, ...options })

export const number = 'e4*2018/858*99002*00'

/** One entry, told in every format. */
export const yaml = `approval: ${number}
type: EXB5
variant: BOX42
version: V01
validFrom: 2025-03-01
values:
  Width: 2200
  MaximumSpeed: 90.5
  CommercialNameTable: { CommercialNameGroup: [{ CommercialName: NO }] }
  AxleTable:
    AxleGroup:
      - { AxleNumber: 1, LiftAxleIndicator: N }
      - { AxleNumber: 2, TechnicallyPermissibleMassAxle: 3500 }
facts: { wheelbaseMin: 3375 }
status: withdrawn
withdrawnOn: 2026-09-01
smallSeries: { quota: 250, year: 2026, used: 3 }
eCoC: { duty: voluntary, why: "The authority said so." }
`
export const wide: readonly (readonly string[])[] = [
  [
    'Approval',
    'Type',
    'Variant',
    'Version',
    'Valid from',
    'Width',
    'MaximumSpeed',
    'CommercialNameGroup[1]/CommercialName',
    'AxleGroup[1]/AxleNumber',
    'AxleGroup[1]/LiftAxleIndicator',
    'AxleTable/AxleGroup[2]/AxleNumber',
    '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle',
    'fact:wheelbaseMin',
    'status',
    'withdrawn on',
    'smallSeries.quota',
    'smallSeries.year',
    'smallSeries.used',
    'eCoC duty',
    'eCoC why',
    '# remark',
  ],
  [
    number,
    'EXB5',
    'BOX42',
    'V01',
    '2025-03-01',
    '2200',
    '90.5',
    'NO',
    '1',
    'N',
    '2',
    '3500',
    '3375',
    'withdrawn',
    '2026-09-01',
    '250',
    '2026',
    '3',
    'voluntary',
    'The authority said so.',
    'whatever',
  ],
]

/** The same as one row per value; identity in columns where it is the key, in rows where it is not. */
export const long: readonly (readonly string[])[] = [
  ['variant', 'version', 'element', 'value'],
  ...wide[0]!.flatMap((name, i) =>
    name === 'Variant' || name === 'Version' ? [] : [['BOX42', 'V01', name, wide[1]![i]!]],
  ),
]

export const toCsv = (rows: readonly (readonly string[])[], delimiter = ';'): string =>
  rows.map((row) => row.join(delimiter)).join('\r\n')
