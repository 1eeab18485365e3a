import type { AuthorityMessage } from '../contract/flow.ts'
import { ivi20 } from '../ivi/catalogue.ts'

/** What a message speaks of. */
export interface Spoken {
  /** Path with indexes as the access point gave it; undefined where it only names the element, or nothing. */
  readonly path: string | undefined
  readonly element: string | undefined
}

/** Some access points put a namespace prefix before each name, or an attribute at the end. */
const plainPath = (path: string): string =>
  path
    .trim()
    .replace(/\/@.*$/, '')
    .replace(/\/[\w.-]+:/g, '/')

/**
 * The element that an authority speaks of: at the end of the path it gives, else the only element whose name stands in its
 * text. A text that names several is about none of them alone.
 */
export const elementOfMessage = ({ path, text }: Pick<AuthorityMessage, 'path' | 'text'>): Spoken => {
  if (path?.includes('/') === true) {
    const plain = plainPath(path.slice(0, 1000))
    const element = /([A-Za-z]\w*)(?:\[\d+\])?\/?$/.exec(plain)?.[1]
    if (element !== undefined && element !== 'InitialVehicleInformation') return { path: plain, element }
  }
  const words = text.slice(0, 2000).match(/\b[A-Z][A-Za-z0-9]{3,}\b/g) ?? []
  // The root and words such as `Length`, which any sentence may begin with, are told apart by their place in the catalogue.
  const named = new Set(words.filter((word) => ivi20.elements.get(word)?.leaf !== undefined))
  const [only, ...more] = named
  return { path: undefined, element: more.length === 0 ? only : undefined }
}
