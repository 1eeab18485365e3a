import { language } from '../common/i18n.ts'
import type { AxleLoad, Masses } from '../common/axle-picture.ts'
import { getJson, postJson, remove } from './http.ts'
import type { Finding } from './trace.ts'

export type Decision = 'approve' | 'refuse' | 'reweigh'

export interface VariantOf {
  readonly key: string
  readonly approval: string
  readonly type: string
  readonly variant: string
  readonly version: string
}

/** Why this person may not decide, as the gateway says it. */
export interface WhyNot {
  readonly code: string
  readonly detail: string
}

/** What list and page both tell of a sign-off. */
interface SignOffHead {
  readonly id: string
  readonly ecocId: string
  readonly vin: string
  readonly variant: VariantOf
  readonly requestedAt: string
  readonly decision: Decision | 'void' | null
  readonly decidedAt: string | null
  readonly approvers: { readonly needed: number; readonly given: number }
  readonly remindedAt: string | null
  readonly escalatedAt: string | null
  readonly mayDecide: boolean
  readonly whyNot: WhyNot | null
}
export interface SignOffItem extends SignOffHead {
  readonly mapper: string
  readonly headline: string
  readonly findings: number
}
/** One thing that drifted: old, new, and what it is held against. Decimal strings. */
export interface DriftLine {
  readonly code: string
  readonly severity: Finding['severity']
  readonly path: string
  readonly element: string | null
  readonly label: string | null
  readonly unit: string | null
  readonly base: string | null
  readonly measured: string | null
  readonly expected: string | null
  readonly limit: string | null
  readonly deviation: string | null
  readonly tolerance: string | null
  readonly article: string | null
  readonly message: string
}
export interface Trend {
  readonly count: number
  readonly mean: number
  readonly spread: number
  readonly recentMean: number
  readonly shift: number
  readonly alert: boolean
}
/** The drift of one field over the last vehicles of a variant, oldest first, in percent. */
export interface FieldHistory {
  readonly field: string
  readonly values: readonly { readonly vin: string; readonly at: string; readonly deviation: number }[]
  readonly trend: Trend
}
export interface Attachment {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly sha256: string
  readonly size: number
  readonly addedBy: string
  readonly at: string
}
export interface GivenDecision {
  readonly id: string
  readonly decision: Decision
  readonly reason: string | null
  readonly comment: string
  readonly by: string
  readonly onBehalfOf: string | null
  readonly confirmedBy: 'password' | 'token'
  readonly attachments: readonly string[]
  readonly at: string
}

/** Everything that is shown to whoever decides. */
export interface SignOffPage extends SignOffHead {
  readonly documentSha256: string
  /** Null on one that was asked for by an earlier release. */
  readonly shownSha256: string | null
  readonly decidedBy: string | null
  readonly voided: { readonly by: string | null; readonly at: string | null; readonly reason: string | null } | null
  readonly onBehalfOf: string | null
  readonly lines: readonly DriftLine[]
  readonly findings: readonly Finding[]
  readonly axles: readonly AxleLoad[]
  readonly masses: Masses
  readonly weighing: Readonly<Record<string, string | null>> | null
  readonly history: readonly FieldHistory[]
  readonly contributors: readonly { readonly name: string; readonly what: string; readonly at: string }[]
  readonly decisions: readonly GivenDecision[]
  readonly attachments: readonly Attachment[]
}
export interface SignOffSettings {
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
  readonly requireReason: boolean
  readonly maxAttachmentBytes: number
  readonly confirmation: 'password' | 'none'
  readonly me: { readonly name: string; readonly mayDecide: boolean; readonly onBehalfOf: readonly string[] }
}

export const listSignOffs = async (state: 'open' | 'decided'): Promise<readonly SignOffItem[]> =>
  (await getJson<{ items: readonly SignOffItem[] }>(`/api/v1/sign-offs?state=${state}`)).items

export const getSignOff = (ecoc: string): Promise<SignOffPage> =>
  getJson(`/api/v1/ecocs/${ecoc}/sign-off?language=${language()}`)

export const getSignOffSettings = (): Promise<SignOffSettings> => getJson('/api/v1/sign-off/settings')

/** Decides on exactly what was shown: both hashes are those of the page. */
export const decide = (
  shown: SignOffPage,
  given: { decision: Decision; comment: string; reason?: string; password?: string },
): Promise<unknown> =>
  postJson(`/api/v1/ecocs/${shown.ecocId}/sign-off`, {
    decision: given.decision,
    comment: given.comment,
    documentSha256: shown.documentSha256,
    ...(shown.shownSha256 === null ? {} : { shownSha256: shown.shownSha256 }),
    ...(given.reason === undefined ? {} : { reason: given.reason }),
    ...(given.password === undefined ? {} : { confirmation: { password: given.password } }),
  })

export const addAttachment = (ecoc: string, name: string, content: string): Promise<Attachment> =>
  postJson(`/api/v1/ecocs/${ecoc}/sign-off/attachments`, { name, content })

export const attachmentAddress = (ecoc: string, id: string): string =>
  `/api/v1/ecocs/${ecoc}/sign-off/attachments/${id}`

export const protocolAddress = (ecoc: string): string =>
  `/api/v1/ecocs/${ecoc}/sign-off/protocol.pdf?language=${language()}`

export interface Delegation {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly until: string
  readonly reason: string
  readonly at: string
  readonly endedAt: string | null
  readonly active: boolean
}
export const listDelegations = async (): Promise<readonly Delegation[]> =>
  (await getJson<{ items: readonly Delegation[] }>('/api/v1/sign-off/delegations')).items

export const delegate = (given: { to: string; until: string; reason: string; password?: string }): Promise<unknown> =>
  postJson('/api/v1/sign-off/delegations', {
    to: given.to,
    until: given.until,
    reason: given.reason,
    ...(given.password === undefined ? {} : { confirmation: { password: given.password } }),
  })

export const endDelegation = (id: string): Promise<void> => remove(`/api/v1/sign-off/delegations/${id}`)

/** Records a weighing; the vehicle's eCoC that waits for it goes on by itself. */
export const recordWeighing = (weighing: Readonly<Record<string, string>>): Promise<{ replayed: readonly string[] }> =>
  postJson('/api/v1/weighings', weighing)

export interface VariantTrend extends Omit<Trend, 'spread'> {
  readonly variant: string
  readonly field: string
  readonly latest: string
}
export const listTrends = async (): Promise<readonly VariantTrend[]> =>
  (await getJson<{ items: readonly VariantTrend[] }>('/api/v1/drift/trends')).items
