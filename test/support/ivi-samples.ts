import { existsSync } from 'node:fs'
import type { IviTree } from '../../gateway/contract/ivi-tree.ts'
import type { IviElement, IviType } from '../../gateway/ivi/catalogue.ts'
import { elementOf, ivi20 } from '../../gateway/ivi/catalogue.ts'

/** The folder of the reference schema and the official specimens; tests that compare with it skip where it is absent. */
export const referenceFolder = new URL('../../../shared/ivi/', import.meta.url)
export const referenceSkip: string | false = existsSync(referenceFolder) ? false : 'the reference schema is not here'
export const specimens = ['L5e', 'M1-01', 'M1-02', 'N2-01'] as const

export const leaves: readonly IviElement[] = [...ivi20.elements.values()].filter((element) => element.leaf)

/** A value that the type allows. */
export const sampleValue = ({ name, base, codes }: IviType): string => {
  if (codes) return codes[0]!
  if (name === 'IviReferenceId') return '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1'
  if (name === 'VehicleIdentificationNumber') return 'YARTN2EVHDTEST123'
  if (base === 'xs:date') return '2026-07-05'
  if (base === 'xs:dateTime') return '2026-07-05T09:55:21.351+01:00'
  return base === 'xs:string' ? 'A' : '1'
}

/**
 * Values at and beyond the edges of a type; some are allowed, some not: the reference decides.
 * White space around whole numbers is left out: XML Schema collapses it (part 2, 4.3.6), and so do we, but the xmllint
 * of Debian 12 (libxml2 2.9.14) refuses it.
 */
export const edgeValues = ({ base, facets, codes }: IviType): string[] => {
  const {
    minLength = 0,
    maxLength = 0,
    minInclusive = '0',
    maxInclusive = '0',
    totalDigits = 0,
    fractionDigits = 0,
  } = facets
  if (codes) return [...codes, 'ZZZ', '', ` ${codes[0]!}`, codes.at(-1)!.toLowerCase(), `${codes[0]!}X`]
  if (base === 'xs:string')
    return [
      '',
      ' ',
      'é'.repeat(maxLength),
      '𝄞'.repeat(maxLength),
      'A'.repeat(maxLength + 1),
      'a'.repeat(minLength),
      'a\nb',
      'A'.repeat(maxLength),
    ]
  if (base === 'xs:date')
    return ['2026-02-29', '2024-02-29', '2026-07-05Z', '05.07.2026', '2026-7-5', ' 2026-07-05 ', '']
  if (base === 'xs:dateTime')
    return [
      '2026-07-05',
      '2026-07-05T24:00:00',
      '2026-07-05T09:55:21',
      '2026-07-05T25:00:00Z',
      '2026-07-05 09:55:21',
      '',
    ]
  const numbers = [
    minInclusive,
    maxInclusive,
    `${maxInclusive}9`,
    `-${maxInclusive}`,
    `0${maxInclusive}`,
    base === 'xs:decimal' ? ` ${maxInclusive} ` : maxInclusive,
    '-0.001',
    '-1',
  ]
  const written = ['', 'x', '+1', '1.', '.5', '1.0', '1e2', '1,5', 'NaN', '99999999999999999999', '-', '1.000000']
  return [
    ...numbers,
    ...written,
    `0.${'1'.repeat(fractionDigits + 1)}`,
    `0.${'1'.repeat(fractionDigits)}`,
    '1'.repeat(totalDigits + 1),
  ]
}

/** The group with all that it must have, and nothing else. */
const minimalGroup = (group: IviElement): IviTree => {
  const tree: IviTree = {}
  for (const child of group.children.filter((c) => c.min > 0)) {
    if (child.leaf) tree[child.name] = sampleValue(child.leaf)
    else if (child.repeats) tree[child.name] = Array.from({ length: child.min }, () => minimalGroup(child))
    else tree[child.name] = minimalGroup(child)
  }
  return tree
}

/** The smallest valid document, and on the way to `leaf` all that it needs; the leaf itself has `value`. */
export const documentWith = (leaf: IviElement, value: string): IviTree => {
  const document = minimalGroup(ivi20.root)
  const steps: IviElement[] = []
  for (let at = leaf.parent; at?.parent; at = at.parent) steps.unshift(at)
  let tree = document
  for (const step of steps) {
    const node = tree[step.name] ?? (step.repeats ? [] : minimalGroup(step))
    tree[step.name] = node
    if (Array.isArray(node)) {
      while (node.length < Math.max(step.min, 1)) node.push(minimalGroup(step))
      tree = node[0]!
    } else tree = node as IviTree
  }
  tree[leaf.name] = value
  return document
}

/** A smallest valid document; the VIN can be found in it by `valueAt`. */
export const smallDocument = (): IviTree => documentWith(elementOf('VehicleIdentificationNumber'), 'YARTN2EVHDTEST123')

/** Puts a leaf into a tree; a row is the one of that number, or a new last one. */
export const putLeaf = (document: IviTree, leaf: IviElement, row: number, value: string): void => {
  const steps: IviElement[] = []
  for (let at = leaf.parent; at?.parent; at = at.parent) steps.unshift(at)
  let tree = document
  for (const step of steps) {
    const node = (tree[step.name] ??= step.repeats ? [] : {})
    if (Array.isArray(node)) {
      const index = Math.min(row, node.length)
      tree = node[index] ??= {}
    } else tree = node as IviTree
  }
  tree[leaf.name] = value
}

/** A signature that the schema takes for one; it signs nothing. */
export const emptySignature =
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
  '<ds:CanonicalizationMethod Algorithm="urn:a"/><ds:SignatureMethod Algorithm="urn:b"/>' +
  '<ds:Reference><ds:DigestMethod Algorithm="urn:c"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>' +
  '</ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>'
