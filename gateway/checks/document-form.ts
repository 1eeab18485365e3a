import { formOf, requirementOf, type Requirement, type Stage } from '../ivi/coc/coc.ts'
import { elementOf, ivi20, type IviElement } from '../ivi/catalogue.ts'
import type { DocumentKind } from './document-kind.ts'

/** Where an element stands on the form: the printed item number, and the place among all items. */
export interface FormPlace {
  readonly item: string | undefined
  /** Smaller comes first; `Infinity` for what the form does not have. */
  readonly position: number
}

/** The form of one category and stage of completion, by element and group of the catalogue. */
export interface DocumentForm {
  readonly places: ReadonlyMap<string, FormPlace>
  /** What a source says the form does not have. */
  readonly foreign: ReadonlySet<IviElement>
  /** What stands in every such group that is there, and that the schema does not demand itself, by group. */
  readonly needed: ReadonlyMap<IviElement, readonly IviElement[]>
}

const nowhere: FormPlace = { item: undefined, position: Infinity }

const placesOf = (category: string, stage: Stage): Map<string, FormPlace> => {
  const places = new Map<string, FormPlace>()
  const set = (name: string, place: FormPlace): void => {
    if (!places.has(name)) places.set(name, place)
  }
  for (const [position, item] of formOf(category, stage).entries())
    for (const { name } of item.elements) set(name, { item: item.number || undefined, position })
  // A group stands where the first of what is in it stands.
  const ofGroup = (element: IviElement): FormPlace => {
    const first = element.children.map(ofGroup).reduce((a, b) => (b.position < a.position ? b : a), nowhere)
    set(element.name, first)
    return places.get(element.name) ?? first
  }
  ofGroup(ivi20.root)
  return places
}

const makeForm = (category: string, stage: Stage): DocumentForm => {
  const all = [...ivi20.elements.values()]
  // What the schema demands cannot be foreign, and its absence is the schema check's finding.
  const free = (wanted: Requirement) => (element: IviElement) =>
    element.min === 0 && requirementOf(element.name, category, stage) === wanted
  const needed = all.map((group) => [group, group.children.filter(free('required'))] as const)
  return {
    places: placesOf(category, stage),
    foreign: new Set(all.filter((element) => element.parent !== undefined).filter(free('absent'))),
    needed: new Map(needed.filter(([, children]) => children.length > 0)),
  }
}

const forms = new Map<string, DocumentForm>()
const categories: ReadonlySet<string> = new Set(elementOf('VehicleCategory').codes)
const isStage = (text: string): text is Stage => text === 'I' || text === 'C' || text === 'V'

/** The form a document has; undefined where category or stage are no such thing: the schema says so. */
export const documentForm = ({ category, stage }: DocumentKind): DocumentForm | undefined => {
  // Only known kinds are remembered: what a document calls itself is the sender's choice.
  if (!isStage(stage) || !categories.has(category)) return undefined
  const key = `${category} ${stage}`
  const form = forms.get(key) ?? makeForm(category, stage)
  forms.set(key, form)
  return form
}

/** Where an element stands on the form of such documents. */
export const placeOf = (element: string, kind: DocumentKind): FormPlace =>
  documentForm(kind)?.places.get(element) ?? nowhere
