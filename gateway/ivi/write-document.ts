import { GatewayError } from '../contract/errors.ts'
import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import type { Catalogue, IviElement } from './catalogue.ts'
import { ivi20 } from './catalogue.ts'
import { childPath } from './paths.ts'

/** Writes a group's content: the elements in it, without its own tags. */
type WriteContent = (tree: IviTree, path: string) => string

/** Writes an element with its tags, `''` when it is a group without content. `path` is the parent's. */
type WriteElement = (node: IviNode, path: string) => string

/** The last bytes of every document; the signature goes directly before them. */
export const documentEnd = `</${ivi20.root.name}>`

const wrongShape = (path: string, expected: string): GatewayError =>
  new GatewayError({
    kind: 'bug',
    code: 'IVI-002',
    message: `${path} must be ${expected}.`,
    hint: 'Correct what builds the document: a leaf is a string, a group an object, a table row an array element.',
    params: { path },
  })

const unknownElement = (tree: IviTree, group: IviElement, path: string, catalogue: Catalogue): GatewayError => {
  const known = new Set(group.children.map((child) => child.name))
  const name = Object.keys(tree).find((key) => !known.has(key)) ?? ''
  const home = catalogue.elements.get(name)
  return new GatewayError({
    kind: 'bug',
    code: 'IVI-001',
    message: `${path} has no element ${name.slice(0, 80)}.`,
    hint: home ? `It belongs at ${home.path}.` : `IVI ${catalogue.version} does not know this name.`,
    params: { path, name: name.slice(0, 80) },
  })
}

/** True for most texts never: only then is a text looked at closely. */
const special = /[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/
/** What XML 1.0 forbids (section 2.2, Char). With the u flag a surrogate matches only when it stands alone. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u

/** Canonical XML 1.0, section 2.3: text nodes escape these four and nothing else. */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

const escapeText = (text: string, path: string): string => {
  const bad = forbidden.exec(text)
  if (bad)
    throw new GatewayError({
      kind: 'bug',
      code: 'IVI-003',
      message: `${path} holds a character that XML forbids (U+${bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}).`,
      hint: 'Remove control characters where the value is read.',
      params: { path },
    })
  return text.replace(/[&<>\r]/g, (character) => escapes[character] ?? character)
}

const isGroup = (node: unknown): node is IviTree => typeof node === 'object' && node !== null && !Array.isArray(node)

const compileLeaf = (element: IviElement): WriteElement => {
  const open = `<${element.name}>`
  const close = `</${element.name}>`
  return (node, path) => {
    if (typeof node !== 'string') throw wrongShape(childPath(path, element, 1), 'a text')
    return open + (special.test(node) ? escapeText(node, childPath(path, element, 1)) : node) + close
  }
}

const compileGroup = (element: IviElement, catalogue: Catalogue): WriteElement => {
  const open = `<${element.name}>`
  const close = `</${element.name}>`
  const content = compileContent(element, catalogue)
  const writeRow = (row: unknown, path: string): string => {
    if (!isGroup(row)) throw wrongShape(path, 'a group')
    const inner = content(row, path)
    return inner === '' ? '' : open + inner + close
  }
  if (!element.repeats) return (node, path) => writeRow(node, childPath(path, element, 1))
  return (node, path) => {
    if (!Array.isArray(node)) throw wrongShape(childPath(path, element, 1), 'a list of groups')
    let rows = ''
    for (const [index, row] of node.entries()) rows += writeRow(row, childPath(path, element, index + 1))
    return rows
  }
}

const compileContent = (group: IviElement, catalogue: Catalogue): WriteContent => {
  const members = group.children.map((child) => ({
    name: child.name,
    write: child.leaf ? compileLeaf(child) : compileGroup(child, catalogue),
  }))
  return (tree, path) => {
    let content = ''
    let seen = 0
    for (const { name, write } of members) {
      const node = tree[name]
      if (node === undefined) continue
      seen++
      content += write(node, path)
    }
    if (Object.keys(tree).length !== seen) throw unknownElement(tree, group, path, catalogue)
    return content
  }
}

const writers = new WeakMap<Catalogue, WriteContent>()

const writerOf = (catalogue: Catalogue): WriteContent => {
  const known = writers.get(catalogue)
  if (known) return known
  const writer = compileContent(catalogue.root, catalogue)
  writers.set(catalogue, writer)
  return writer
}

/**
 * Writes the unsigned document, as UTF-8 and already in the form of Exclusive XML Canonicalization 1.0: no
 * declaration, no white space between elements, no self-closing tags, one `xmlns` on the root, elements in the
 * catalogue's order, empty groups left out. So its digest is a hash over these bytes.
 * It says nothing about the values: that is the schema check's work.
 * @throws GatewayError IVI-001 unknown element, IVI-002 wrong shape, IVI-003 character that XML 1.0 forbids.
 */
export const writeDocument = (tree: IviTree, catalogue: Catalogue = ivi20): Buffer => {
  const { name, path } = catalogue.root
  if (!isGroup(tree)) throw wrongShape(path, 'a group')
  const content = writerOf(catalogue)(tree, path)
  return Buffer.from(`<${name} xmlns="${catalogue.namespace}">${content}</${name}>`)
}
