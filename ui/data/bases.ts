import { getJson, postBytes, postJson } from './http.ts'
import type { Finding } from './trace.ts'

export interface MissingBase {
  readonly vin: string
  readonly since: string
  readonly ageDays?: number
  readonly problem: string | null
  readonly ecocId: string | null
  readonly note: string | null
}
/** A vehicle whose base eCoC was corrected later. */
export interface BaseIssue {
  readonly ecocId: string
  readonly vin: string
  readonly code: string
  readonly text: string
  readonly nextStep: string
  readonly at: string
  readonly closedAt: string | null
}
/** What became of a base eCoC that was brought or asked for. */
export interface TakenBase {
  readonly ok: boolean
  readonly vin: string | null
  readonly origin: string
  readonly outcome: 'new' | 'same' | 'corrected' | 'replaces-sheet' | 'older' | null
  readonly findings: readonly Finding[]
  readonly failures: readonly string[]
}
/** What a body builder may still use up, of one quantity. */
export interface BudgetLine {
  readonly key: string
  readonly axle?: number
  readonly item: string
  readonly unit: string
  readonly has?: string
  readonly least?: string
  readonly most?: string
  readonly left?: string
  readonly missing?: string
  readonly by: 'base' | 'approval'
}
interface KeptBase {
  readonly stage: number
  readonly sha256: string
  readonly origin: string
  readonly at: string
  readonly replacedAt: string | null
}
export interface BaseOf {
  readonly vin: string
  readonly kept: readonly KeptBase[]
  readonly earlier: readonly KeptBase[]
  readonly announced: {
    readonly state: 'waiting' | 'kept' | 'closed'
    readonly by: string
    readonly at: string
    readonly note: string | null
    readonly problem: string | null
  } | null
  readonly budget: { readonly origin: string; readonly lines: readonly BudgetLine[] } | null
  readonly issues: readonly BaseIssue[]
}

const root = '/api/v1/bases'

export const listMissing = async (): Promise<readonly MissingBase[]> =>
  (await getJson<{ missing: readonly MissingBase[] }>(`${root}/missing`)).missing

export const listBaseIssues = async (): Promise<readonly BaseIssue[]> =>
  (await getJson<{ issues: readonly BaseIssue[] }>(`${root}/issues`)).issues

export const getBase = (vin: string): Promise<BaseOf> => getJson(`${root}/${vin}`)

export const baseAddress = (vin: string): string => `${root}/${vin}/ivi.xml`

export const retrieveBase = (vin: string): Promise<TakenBase> => postJson(`${root}/${vin}/retrieve`, {})

export const uploadBase = (file: Blob): Promise<TakenBase> =>
  postBytes(root, file, { 'Content-Type': 'application/xml' })

export const announce = (vins: readonly string[]): Promise<{ announced: number }> =>
  postJson(`${root}/announce`, { vehicles: vins.map((vin) => ({ vin })) })

export interface Sheet {
  readonly id: string
  readonly approval: string
  readonly type: string
  readonly variant: string
  readonly version: string
  readonly stage: number
  readonly sha256: string
  readonly state: 'entered' | 'confirmed' | 'refused' | 'withdrawn'
  readonly enteredBy: string
  readonly enteredAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly comment: string | null
}
export interface SheetPage extends Sheet {
  readonly data: Readonly<Record<string, unknown>>
  readonly vins: readonly {
    readonly first: string
    readonly last: string
    readonly addedBy: string
    readonly confirmedBy: string | null
  }[]
  readonly scan: {
    readonly name: string
    readonly sha256: string
    readonly addedBy: string
    readonly at: string
  } | null
}
/** A sheet as it is typed: `values` by IVI element. */
export interface TypedSheet {
  readonly approval: string
  readonly type: string
  readonly variant: string
  readonly version: string
  readonly values: Readonly<Record<string, unknown>>
  readonly vins: readonly string[]
}
const sheets = '/api/v1/base-sheets'

export const listSheets = async (): Promise<readonly Sheet[]> =>
  (await getJson<{ sheets: readonly Sheet[] }>(sheets)).sheets

export const getSheet = (id: string): Promise<SheetPage> => getJson(`${sheets}/${id}`)

/** `id` is null where the sheet lacks something; the findings say what. */
export const enterSheet = (sheet: TypedSheet): Promise<{ id: string | null; findings: readonly Finding[] }> =>
  postBytes(sheets, JSON.stringify(sheet), { 'Content-Type': 'application/json' })

export const addVins = (id: string, vins: readonly string[]): Promise<SheetPage> =>
  postJson(`${sheets}/${id}/vins`, { vins })

export type SheetDecision = 'confirm' | 'refuse' | 'withdraw'
export const decideSheet = (sheet: Sheet, decision: SheetDecision, comment: string): Promise<SheetPage> =>
  postJson(`${sheets}/${sheet.id}/decide`, { decision, comment, sha256: sheet.sha256 })

export const attachScan = (id: string, file: File): Promise<SheetPage> =>
  postBytes(
    `${sheets}/${id}/scan`,
    file,
    // A header holds no letters beyond ASCII.
    {
      'Content-Type': file.type || 'application/pdf',
      'File-Name': file.name.replace(/[^\w. -]/g, '_').slice(-100),
    },
    0,
  )

export const scanAddress = (id: string): string => `${sheets}/${id}/scan`
