import type { EcocId, Instant, Sha256 } from '../contract/index.ts'

/** An access point that a person holds back for a while. */
export interface AccessPointPauseRow {
  access_point: string
  reason: string
  paused_by: string
  at: Instant
  until_at: Instant
}

/** An envelope that was sent before the one kept as content: where an access point takes none twice, each is kept. */
export interface EarlierEnvelopeRow {
  ecoc_id: EcocId
  sha256: Sha256
  /** Compressed by the repository. */
  bytes: Buffer
  at: Instant
}

/** When an eCoC must be with its access point, and what people were told about it. */
export interface DeliveryDeadlineRow {
  ecoc_id: EcocId
  due_at: Instant
  told: 'nothing' | 'near' | 'missed'
}

/** Tables of delivery: what holds an access point back, what was sent before, what is due. */
export interface DeliveryTables {
  access_point_pause: AccessPointPauseRow
  earlier_envelope: EarlierEnvelopeRow
  delivery_deadline: DeliveryDeadlineRow
}
