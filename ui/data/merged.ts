import { language } from '../common/i18n.ts'
import { getJson } from './http.ts'
import type { Finding } from './trace.ts'

/** The vehicle as a registrar would see it: all stages laid over each other. */
export interface Merged {
  readonly stages: readonly { readonly place: number; readonly sha256: string; readonly own: boolean }[]
  readonly rows: readonly {
    readonly path: string
    readonly element: string
    readonly item: string | null
    readonly label: string
    readonly value: string
    readonly from: number
  }[]
  readonly warnings: readonly Finding[]
}

export const getMerged = (ecoc: string): Promise<Merged> =>
  getJson(`/api/v1/ecocs/${ecoc}/merged?language=${language()}`)
