import type { Language } from '../ivi/coc/coc.ts'

/** A piece of text and the leaves of the document that stand in it, by their paths with indexes. */
export interface PrintText {
  readonly text: string
  readonly paths: readonly string[]
}

/** A small table below an item: one row per axle, tyre, coupling, remark… */
export interface PrintTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly PrintText[])[]
}

/** One item of the form with what the vehicle has there. */
export interface PrintItem {
  /** As the act names it; empty for what is on no form. */
  readonly key: string
  /** What stands in the margin; empty where the form prints none or where it is that of the row before. */
  readonly number: string
  readonly title: string
  readonly lines: readonly PrintText[]
  readonly tables: readonly PrintTable[]
}

/** Items that have a value for each of several things (engines, energy sources): a column per thing, a row per item. */
export interface PrintMatrix {
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly key: string
    readonly number: string
    readonly title: string
    readonly cells: readonly PrintText[]
  }[]
}

export type PrintBlock =
  | { readonly kind: 'items'; readonly items: readonly PrintItem[] }
  | { readonly kind: 'matrix'; readonly matrix: PrintMatrix }
  | { readonly kind: 'note'; readonly text: string }

export interface PrintSection {
  readonly heading: string
  readonly blocks: readonly PrintBlock[]
}

/** A certificate of conformity as a human reads it, ready to be set: no rule and no wording is left to a renderer. */
export interface PrintForm {
  readonly language: Language
  readonly title: string
  /** `for complete vehicles` */
  readonly subtitle: string
  /** The act, category and stage, such as `Regulation (EU) 2018/858 · N2`. */
  readonly model: string
  readonly vehicle: string
  readonly vin: string
  /** The sentence of the form that is signed. */
  readonly declaration: string
  /** Across every page: `DUPLICATE`, `NOT SIGNED`. */
  readonly mark: string | undefined
  readonly sections: readonly PrintSection[]
  /** At the foot of every page. */
  readonly foot: string
  /** `Page {page} of {pages}` */
  readonly pageOf: string
  readonly words: { readonly item: string; readonly designation: string; readonly value: string }
  /** The document's own time, IviVersionDateTime: what a renderer dates its file with. */
  readonly made: string
}
