import type { SaxesTagNS } from 'saxes'
import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import type { Catalogue, IviElement } from './catalogue.ts'
import { ivi20, signatureNamespace } from './catalogue.ts'
import { childPath } from './paths.ts'
import { olderRelease, otherRelease } from './releases/recognise-release.ts'
import { asideFinding, scanXml } from './scan-xml.ts'
import type { ScanOptions } from './scan-xml.ts'
import {
  attributeNotAllowed,
  doubledElement,
  elementInText,
  textInGroup,
  unexpectedElement,
  wrongNamespace,
  wrongRoot,
} from './structure-findings.ts'

export interface ReadDocument {
  /** Only what the catalogue knows, each value as it stood; empty when the document was refused as XML. */
  readonly tree: IviTree
  /** The root holds a `ds:Signature`: it says nothing about whether that is any good. */
  readonly signed: boolean
  readonly findings: Finding[]
}

export interface ReadOptions extends ScanOptions {
  readonly catalogue?: Catalogue
}

/** An element that is open. For a leaf `text` grows, for a group `tree` does. */
interface Frame {
  readonly element: IviElement
  readonly path: string
  readonly tree: IviTree
  text: string
  complained: boolean
}

const maxFindings = 100
const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

/** Namespace declarations mean nothing by themselves, and a hint where a schema lies is never followed. */
const isHarmless = (uri: string, local: string): boolean =>
  uri === 'http://www.w3.org/2000/xmlns/' || (uri === instanceNamespace && local === 'schemaLocation')

class DocumentReader {
  readonly findings: Finding[] = []
  readonly root: IviTree = {}
  signed = false
  /** The root is none of the catalogue's. */
  isForeign = false
  readonly #catalogue: Catalogue
  readonly #frames: Frame[] = []
  /** Depth inside a subtree that is passed over: the signature, or what has no place in the catalogue. */
  #passing = 0

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  open(tag: SaxesTagNS): void {
    if (this.#passing > 0 || !this.#enter(tag)) this.#passing++
  }

  close(): void {
    if (this.#passing > 0) {
      this.#passing--
      return
    }
    const frame = this.#frames.pop()
    const parent = this.#frames.at(-1)
    if (frame?.element.leaf && parent) parent.tree[frame.element.name] = frame.text
  }

  text(text: string): void {
    const frame = this.#frames.at(-1)
    if (!frame || this.#passing > 0) return
    if (frame.element.leaf) frame.text += text
    else if (!frame.complained && /[^ \t\r\n]/.test(text)) {
      frame.complained = true
      this.#add(textInGroup(frame.path, frame.element.name))
    }
  }

  aside(kind: 'comment' | 'instruction', depth: number): void {
    if (depth > 0) this.#add(asideFinding(kind, this.#frames.at(-1)?.path ?? '/', 'schema'))
  }

  #add(finding: Finding): void {
    if (this.findings.length < maxFindings) this.findings.push(finding)
  }

  /** Opens a frame for the element; false when there is none for it and its content is passed over. */
  #enter(tag: SaxesTagNS): boolean {
    const frame = this.#frames.at(-1)
    if (!frame) {
      const { root, namespace } = this.#catalogue
      if (tag.local === root.name && tag.uri === namespace) return this.#push(root, root.path, this.root, tag)
      this.#add(wrongRoot(tag.local, tag.uri, this.#catalogue))
      this.isForeign = true
      return false
    }
    if (tag.uri === signatureNamespace && tag.local === 'Signature' && !frame.element.parent) {
      if (this.signed) this.#add(doubledElement(`${frame.path}/Signature`, 'Signature'))
      this.signed = true
      return false
    }
    const element = this.#catalogue.elements.get(tag.local)
    const path = `${frame.path}/${tag.local.slice(0, 80)}`
    if (frame.element.leaf) this.#add(elementInText(frame.path, frame.element.name))
    else if (tag.uri !== this.#catalogue.namespace) this.#add(wrongNamespace(path, tag.local, tag.uri, this.#catalogue))
    else if (element?.parent !== frame.element)
      this.#add(unexpectedElement(path, tag.local, frame.element.name, this.#catalogue))
    else return this.#child(frame, element, tag)
    return false
  }

  #child(frame: Frame, element: IviElement, tag: SaxesTagNS): boolean {
    const before = frame.tree[element.name]
    if (before === undefined) {
      const tree: IviTree = {}
      // A leaf holds its place from the start, so that a second one is seen.
      frame.tree[element.name] = element.leaf ? '' : element.repeats ? [tree] : tree
      return this.#push(element, childPath(frame.path, element, 1), tree, tag)
    }
    if (!Array.isArray(before)) {
      this.#add(doubledElement(childPath(frame.path, element, 2), element.name))
      return false
    }
    const tree: IviTree = {}
    before.push(tree)
    return this.#push(element, childPath(frame.path, element, before.length), tree, tag)
  }

  #push(element: IviElement, path: string, tree: IviTree, tag: SaxesTagNS): true {
    for (const { uri, local, name } of Object.values(tag.attributes))
      if (!isHarmless(uri, local)) this.#add(attributeNotAllowed(path, element.name, name))
    this.#frames.push({ element, path, tree, text: '', complained: false })
    return true
  }
}

const statedVersion = ({ Header: header }: IviTree): string => {
  const version = typeof header === 'object' && !Array.isArray(header) ? header['IviVersionNumberXsd'] : undefined
  return typeof version === 'string' ? version : ''
}

/**
 * Reads an IVI document from outside, strictly. Everything wrong is a finding, never an exception:
 * the XML-… codes of `scanXml` (then the tree is empty), XML-COMMENT, XML-INSTRUCTION (inside the root), and SCH-ROOT,
 * SCH-NAMESPACE, SCH-ELEMENT, SCH-TWICE, SCH-TEXT, SCH-ATTRIBUTE, of which at most 100 are listed.
 * A document of another release (IVI-013, IVI-014: releases/recognise-release.ts) has an empty tree and that finding alone.
 * Values, codes and what is missing are the schema check's work.
 */
export const readDocument = (bytes: Buffer, options: ReadOptions = {}): ReadDocument => {
  const catalogue = options.catalogue ?? ivi20
  const reader = new DocumentReader(catalogue)
  const refused = scanXml(bytes, reader, { layer: 'schema', ...options })
  if (refused.length > 0) return { tree: {}, signed: reader.signed, findings: refused }
  // It would make a hundred findings that say nothing. Looked at once more is only what has a foreign root.
  const other = reader.isForeign ? otherRelease(bytes, catalogue) : olderRelease(statedVersion(reader.root))
  if (other) return { tree: {}, signed: reader.signed, findings: [other] }
  return { tree: reader.root, signed: reader.signed, findings: reader.findings }
}
