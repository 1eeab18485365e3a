import type { EcocState, Receipt } from '../contract/index.ts'

/** What the receipt file of one vehicle says. */
export interface AnsweredEcoc {
  readonly vin: string
  readonly id: string
  readonly state: EcocState
  readonly version: number
  readonly accessPoint: string
  readonly iviReferenceId: string
  /** SHA-256 of the signed document that was sent. */
  readonly documentSha256: string
  readonly receipt: Receipt
}

/** `<VIN>.receipt.json`: the access point's answer, beside the record it answers. The VIN is 17 capitals and digits. */
export const receiptAnswer = (ecoc: AnsweredEcoc): { name: string; bytes: Buffer } => {
  const { receipt, ...rest } = ecoc
  const content = {
    ...rest,
    outcome: receipt.outcome,
    reference: receipt.reference ?? null,
    receivedAt: receipt.receivedAt,
    messages: receipt.messages,
  }
  return { name: `${ecoc.vin}.receipt.json`, bytes: Buffer.from(`${JSON.stringify(content, null, 2)}\n`) }
}
