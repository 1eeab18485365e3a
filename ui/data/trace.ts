import type { Verb } from '../common/verbs.ts'
import type { EcocItem } from './ecocs.ts'

export interface Finding {
  readonly code: string
  readonly layer: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly path: string
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface SignOff {
  readonly id: string
  readonly documentSha256: string
  readonly findings: readonly Finding[]
  readonly requestedAt: string
  readonly decision: 'approve' | 'refuse' | 'void' | null
  readonly decidedBy: string | null
  readonly comment: string | null
  readonly decidedAt: string | null
}
export interface Attempt {
  readonly id: string
  readonly accessPoint: string
  readonly operation: 'submit' | 'query' | 'cancel'
  readonly messageId: string
  readonly state: 'prepared' | 'dispatched' | 'answered' | 'not_sent' | 'unknown'
  readonly reason: string | null
  readonly replyStatus: number | null
  readonly preparedAt: string
  readonly endedAt: string | null
}
export interface Receipt {
  readonly id: string
  readonly receivedAt: string
  readonly meaning: {
    readonly outcome: string
    readonly reference?: string
    readonly messages?: readonly {
      readonly code: string
      readonly text: string
      readonly severity: Finding['severity']
      readonly path?: string
    }[]
  } | null
}
export interface WriteBack {
  readonly kind: string
  readonly source: string
  readonly name: string
  readonly state: 'pending' | 'done' | 'failed'
  readonly tries: number
  readonly problem: string | null
  readonly doneAt: string | null
}
export interface AuditEvent {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly type: string
  readonly detail: unknown
}
export interface MappedElement {
  readonly path: string
  readonly value: string
  readonly source: string | null
}

/** Everything that is known of one eCoC. */
export interface EcocTrace extends EcocItem {
  readonly source: string
  readonly mapperVersion: string | null
  readonly manufacturer: string | null
  readonly profile: string | null
  readonly environment: string | null
  readonly iviVersionDateTime: string | null
  readonly signatureDate: string | null
  readonly proposalOf: string | null
  readonly writeBack: 'none' | 'pending' | 'done' | 'failed'
  readonly documentSha256: string | null
  readonly signedSha256: string | null
  readonly verbs: readonly Verb[]
  readonly record: { readonly at: string; readonly contentSha256: string; readonly fields: unknown } | null
  readonly files: readonly {
    readonly source: string
    readonly key: string
    readonly sha256: string
    readonly at: string
  }[]
  readonly contents: readonly { readonly kind: string; readonly sha256: string; readonly at: string }[]
  readonly findings: readonly Finding[]
  readonly signOff?: {
    readonly documentSha256: string
    readonly findings: readonly Finding[]
    readonly requestedAt: string
  }
  readonly signOffs: readonly SignOff[]
  readonly attempts: readonly Attempt[]
  readonly receipts: readonly Receipt[]
  readonly writeBacks: readonly WriteBack[]
  readonly events: readonly AuditEvent[]
  readonly model: {
    readonly destination: string | null
    readonly elements: readonly MappedElement[]
    readonly facts: Readonly<Record<string, string>>
  } | null
}
