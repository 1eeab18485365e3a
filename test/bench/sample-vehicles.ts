import { Readable } from 'node:stream'
import csv from '../../connectors/codecs/csv/codec.ts'
import type { ApprovalData, Finding, IviTree, RecordFields, Signer } from '../../gateway/contract/index.ts'
import { createRules } from '../../gateway/checks/run-rules.ts'
import { createSchemaCheck, type SchemaCheck } from '../../gateway/checks/schema-check.ts'
import { checkRow, isRefused } from '../../gateway/inbox/check-row.ts'
import { writeDocument } from '../../gateway/ivi/write-document.ts'
import type { Mapper } from '../../gateway/mapping/mapper.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleExport } from '../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals, sampleMapper } from '../../gateway/sandbox/samples/sample-files.ts'
import { loadPemSigner } from '../../gateway/signature/file-signer.ts'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import { examplePki } from '../support/pki.ts'

/** A VIN of the bench: 17 characters, any number of them differ. */
export const benchVin = (serial: number): string => `EXZBENCH${String(serial).padStart(9, '0')}`

/** A record as it stands in the inbox, and its base eCoC as it lies in the store. */
export interface SampleVehicle {
  readonly fields: RecordFields
  readonly base: Buffer
}

/** What the stages of the compute path are handed, all real. */
export interface Parts {
  readonly mapper: Mapper
  readonly approvals: readonly ApprovalData[]
  readonly schema: SchemaCheck
  readonly rules: (tree: IviTree) => Finding[]
  readonly signer: Signer
  readonly trustAnchors: readonly Buffer[]
  readonly keyFile: string
}

/** The sample mapper, master data, checks and the seal of the example PKI. */
export const makeParts = async (): Promise<Parts> => {
  const pki = await examplePki()
  const [schema, rules] = await Promise.all([createSchemaCheck(), createRules()])
  const signer = await loadPemSigner({
    name: 'bench',
    keyFile: pki.file('signer.key'),
    certificateFiles: [pki.file('signer.chain.pem')],
  })
  return {
    mapper: sampleMapper('sage-x3'),
    approvals: sampleApprovals(),
    schema,
    rules: (tree) => rules.check(tree),
    signer,
    trustAnchors: [pki.read('root.crt')],
    keyFile: pki.file('signer.key'),
  }
}

/** Rows of a real export through the codec and the inbox, each with a base eCoC signed by the sample chassis maker. */
export const makeVehicles = async (count: number, { mapper }: Pick<Parts, 'mapper'>): Promise<SampleVehicle[]> => {
  const pki = await examplePki()
  const chassisMaker = await loadPemSigner({
    name: 'chassis',
    keyFile: pki.file('chassis-signer.key'),
    certificateFiles: [pki.file('chassis-signer.chain.pem')],
  })
  const vehicles: SampleVehicle[] = []
  const file = sampleExport(Array.from({ length: count }, (_, i) => benchVin(i)))
  for await (const row of csv.decode(Readable.from([file]), mapper.input)) {
    const record = checkRow(row, mapper.input)
    if (isRefused(record))
      throw new Error(`the sample row ${record.line} is refused: ${JSON.stringify(record.problems)}`)
    const unsigned = writeDocument(sampleBaseTree(record.vin))
    const { bytes } = await signDocument(unsigned, chassisMaker, { signingTime: new Date() })
    vehicles.push({ fields: record.fields, base: bytes })
  }
  return vehicles
}
