import type { EcocState, Receipt } from '../contract/index.ts'

/** What the receipt file of one vehicle says. */
export interface AnsweredEcoc {
  readonly vin: string
  /** Set for a further document of the vehicle, such as Norway's: it has a file of its own. */
  readonly profile?: string
  readonly id: string
  readonly state: EcocState
  readonly version: number
  readonly accessPoint: string
  readonly iviReferenceId: string
  /** SHA-256 of the signed document that was sent. */
  readonly documentSha256: string
  readonly receipt: Receipt
}

/** Name of a receipt file. The VIN is 17 capitals and digits. */
export const receiptName = ({ vin, profile }: Pick<AnsweredEcoc, 'vin' | 'profile'>): string =>
  `${vin}${profile === undefined ? '' : `.${profile}`}.receipt.json`

/** `<VIN>.receipt.json`, for a further document `<VIN>.NO.receipt.json`: the access point's answer, beside the record it answers. */
export const receiptAnswer = (ecoc: AnsweredEcoc): { name: string; bytes: Buffer } => {
  const { receipt, ...rest } = ecoc
  const content = {
    ...rest,
    outcome: receipt.outcome,
    reference: receipt.reference ?? null,
    receivedAt: receipt.receivedAt,
    messages: receipt.messages,
  }
  return { name: receiptName(ecoc), bytes: Buffer.from(`${JSON.stringify(content, null, 2)}\n`) }
}
