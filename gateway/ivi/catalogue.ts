import { GatewayError } from '../contract/errors.ts'
import { ivi20Source } from './catalogue/ivi-2.0.ts'
import { parseCatalogue } from './parse-catalogue.ts'

/** A catalogue as it is written down: one definition per line (parse-catalogue.ts reads it). */
export interface CatalogueSource {
  readonly version: string
  readonly namespace: string
  readonly root: string
  /** `Name all|sequence Child[?|*|?*|{min,max}][:Type] …`; without a type the child's type has its own name. */
  readonly groups: string
  /** `Name xs:base facet=value … [pattern=…] [| code|code|…]`; parse-catalogue.ts says how blanks and bars are written. */
  readonly types: string
}

/** What the text of a leaf must look like; a facet that is not declared is absent. Lengths in characters. */
export interface Facets {
  readonly minLength?: number
  readonly maxLength?: number
  readonly totalDigits?: number
  readonly fractionDigits?: number
  /** Kept as written, so that no digit is lost. */
  readonly minInclusive?: string
  readonly maxInclusive?: string
  /** An XML Schema pattern: it must match the whole value. */
  readonly pattern?: string
}

export interface IviType {
  readonly name: string
  /** `xs:string`, `xs:short`, `xs:int`, `xs:decimal`, `xs:date` or `xs:dateTime`. */
  readonly base: string
  readonly facets: Facets
  /** The code list in the catalogue's order; absent for free values. */
  readonly codes?: readonly string[]
}

/** One element of the catalogue. Element names are unique in IVI, so each has one place. */
export interface IviElement {
  readonly name: string
  /** `/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup/AxleSpacing`: without indexes. */
  readonly path: string
  readonly type: string
  readonly min: number
  /** `Infinity` when there is no limit. */
  readonly max: number
  /** True for rows of a table, which stand in an `IviTree` as an array. */
  readonly repeats: boolean
  readonly parent: IviElement | undefined
  /** In the catalogue's order; empty for a leaf. */
  readonly children: readonly IviElement[]
  /** Position among its parent's children, from 0. */
  readonly position: number
  /** The text's type; absent for a group. */
  readonly leaf?: IviType
  readonly facets?: Facets
  readonly codes?: readonly string[]
}

/** A release of IVI, compiled for look-ups. It is a value: functions take one, and use `ivi20` when given none. */
export interface Catalogue {
  readonly version: string
  readonly namespace: string
  readonly root: IviElement
  /** By name, in document order, the root included. */
  readonly elements: ReadonlyMap<string, IviElement>
  readonly types: ReadonlyMap<string, IviType>
  /** Names of the groups whose children stand in sequence; all others take their children in any order. */
  readonly sequences: ReadonlySet<string>
}

/** IVI 2.0 as published on 2026-02-26. */
export const ivi20: Catalogue = parseCatalogue(ivi20Source)

/** Namespace of an IVI 2.0 document. */
export const iviNamespace = ivi20.namespace

/** Namespace of `ds:Signature`, the root's last child. */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#'

const catalogues: readonly Catalogue[] = [ivi20]

/**
 * The catalogue of a release, such as `2.0` (the value of IviVersionNumberXsd).
 * @throws GatewayError IVI-010 when this gateway does not know the release.
 */
export const loadCatalogue = (version: string): Catalogue => {
  const found = catalogues.find((catalogue) => catalogue.version === version)
  if (found) return found
  throw new GatewayError({
    kind: 'config',
    code: 'IVI-010',
    message: `There is no catalogue of IVI ${version.slice(0, 20)}.`,
    hint: `Known releases: ${catalogues.map((catalogue) => catalogue.version).join(', ')}.`,
  })
}

/** The element of that name, or undefined when the catalogue has none. */
export const findElement = (name: string, catalogue: Catalogue = ivi20): IviElement | undefined =>
  catalogue.elements.get(name)

/** The type of that name, or undefined when the catalogue has none. */
export const findType = (name: string, catalogue: Catalogue = ivi20): IviType | undefined => catalogue.types.get(name)

/**
 * The element of that name, for names that stand in our own code.
 * @throws GatewayError IVI-011 when the catalogue has none: the name is misspelt.
 */
export const elementOf = (name: string, catalogue: Catalogue = ivi20): IviElement => {
  const element = catalogue.elements.get(name)
  if (element) return element
  throw new GatewayError({
    kind: 'bug',
    code: 'IVI-011',
    message: `IVI ${catalogue.version} has no element ${name.slice(0, 80)}.`,
    hint: 'Correct the name, or use the catalogue of the release that has it.',
  })
}

/** A group's children in the catalogue's order; empty for a leaf or an unknown name. */
export const childrenOf = (name: string, catalogue: Catalogue = ivi20): readonly IviElement[] =>
  catalogue.elements.get(name)?.children ?? []
