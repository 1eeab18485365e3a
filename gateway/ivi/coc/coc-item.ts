/** Languages in which the product speaks of a certificate: labels, code meanings, findings, print form. */
export const languages = ['en', 'de', 'fr'] as const
export type Language = (typeof languages)[number]

/** One text in every language; what no translation exists for yet stands in English. */
export type Texts = Readonly<Record<Language, string>>

/** Stage of completion: I incomplete, C complete, V completed (2018/858 Art 3). */
export type Stage = 'I' | 'C' | 'V'

/** The acts with forms of their own: cars, vans, trucks, buses, trailers; two- and three-wheelers; tractors and theirs. */
export type Regulation = '2018/858' | '168/2013' | '167/2013'

/** How sure the pairing of item and element is: read in a source, inferred, or found in none. */
export type Confidence = 'sure' | 'likely' | 'open'

/** Forms that a cell of the tables is about: those of these categories and stages. An empty list means all. */
export interface FormScope {
  readonly categories: readonly string[]
  readonly stages: readonly Stage[]
}

/** One element that an item is made of. */
export interface ItemElement {
  readonly name: string
  /** True when the element stands in every certificate whose form lists the item; see `required` for where only some do. */
  readonly always: boolean
  /** `kg`, `min-1`; absent for codes, texts, counts and row numbers. */
  readonly unit?: string
}

/** An element (or the group around it) that stands in every certificate of these forms, in every row of its table. */
export interface RequiredElement {
  readonly name: string
  readonly on: FormScope
}

/**
 * What holds of the elements on a form that does not list the item: `absent` they do not belong there, `open` no source
 * says, `document` they belong to every document whatever its form. Outside `on` they are absent.
 */
export interface Unlisted {
  readonly state: 'absent' | 'open' | 'document'
  readonly on: FormScope
}

/** One item of the certificate of conformity as the act's annex numbers it (2020/683 Annex VIII, 901/2014, 2015/504). */
export interface CocItem {
  readonly regulation: Regulation
  /** Names the item within its act: `13.2`, `0 (series)`, `0.6 plates`; in brackets alone (`(header)`) it is no item of the form. */
  readonly key: string
  /** The number that stands on the form: `13.2`, `0.6`, `49(1)`; empty where the form prints none. */
  readonly number: string
  readonly title: Texts
  readonly unit: string | undefined
  readonly elements: readonly ItemElement[]
  readonly required: readonly RequiredElement[]
  readonly unlisted: Unlisted
  /** Vehicle categories (`N2`, `L5e`) whose form of that stage lists the item. */
  readonly categories: Readonly<Record<Stage, ReadonlySet<string>>>
  /** When it is filled in, in words. */
  readonly fill: string
  readonly note: string
  readonly confidence: Confidence
}
