import { findElement } from '../../gateway/ivi/catalogue.ts'
import { emptySignature } from './ivi-samples.ts'

/** A changed document; whether it is still valid is for the reference to say. */
export interface Mutation {
  readonly kind: string
  readonly xml: string
}

interface Span {
  readonly name: string
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
  readonly leaf: boolean
}

/** mulberry32: small, and the same on every machine. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Where each element of a document as we write it (no attributes but the root's) starts and ends, the root first. */
const spansOf = (xml: string): Span[] => {
  const spans: Span[] = []
  const open: { name: string; start: number; contentStart: number; at: number }[] = []
  for (const match of xml.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    const [tag, slash, name = ''] = match
    if (slash === '') {
      open.push({ name, start: match.index, contentStart: match.index + tag.length, at: spans.length })
      spans.push({ name, start: 0, contentStart: 0, contentEnd: 0, end: 0, leaf: false })
    } else {
      const { at, ...begun } = open.pop()!
      const inner = xml.slice(begun.contentStart, match.index)
      spans[at] = { ...begun, contentEnd: match.index, end: match.index + tag.length, leaf: !inner.includes('<') }
    }
  }
  return spans
}

const values = [
  '',
  ' ',
  'x',
  '-1',
  '+7',
  '007',
  '1.23456789',
  '123456789012',
  '1,5',
  'Y',
  'n',
  '2026-13-01',
  '2026-07-05',
  'é',
  'A'.repeat(4001),
]

/** `count` changed documents, the same for the same seed; each kind of change comes up. `xml` is as we write it, unsigned. */
export const mutationsOf = (xml: string, count: number, seed: number): Mutation[] => {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const all = spansOf(xml)
  const inner = all.slice(1)
  const textual = inner.filter((span) => span.leaf)
  const coded = textual.filter((span) => findElement(span.name)?.codes)
  const groups = inner.filter((span) => !span.leaf)
  const text = ({ start, end }: Span): string => xml.slice(start, end)
  const insert = (at: number, what: string): string => xml.slice(0, at) + what + xml.slice(at)
  const replace = (from: number, to: number, what: string): string => xml.slice(0, from) + what + xml.slice(to)
  const setText = (span: Span, value: string): string => replace(span.contentStart, span.contentEnd, value)
  const move = (span: Span, to: number): string => {
    const without = replace(span.start, span.end, '')
    const at = to > span.start ? to - (span.end - span.start) : to
    return without.slice(0, at) + text(span) + without.slice(at)
  }
  const outside = (span: Span): Span =>
    pick(all.filter((other) => other.end <= span.start || other.start >= span.end).concat(all[0]!))

  const kinds: Record<string, () => string> = {
    'unknown element': () => insert(pick(inner).start, '<Unknown>1</Unknown>'),
    'unknown group': () => insert(pick(groups).contentStart, '<Unknown><Make>A</Make></Unknown>'),
    'wrong type': () => setText(pick(textual), pick(values)),
    'wrong code': () => setText(pick(coded), pick(['ZZZ', 'y', ' Y', '1', ''])),
    'another code': () => {
      const span = pick(coded)
      return setText(span, pick(findElement(span.name)!.codes!))
    },
    missing: () => {
      const span = pick(inner)
      return replace(span.start, span.end, '')
    },
    doubled: () => {
      const span = pick(inner)
      return insert(span.end, text(span))
    },
    'doubled apart': () => {
      const span = pick(inner)
      return insert(outside(span).start || span.end, text(span))
    },
    'wrong place': () => {
      const span = pick(inner)
      const to = outside(span)
      return move(span, to === all[0] ? to.contentEnd : to.start)
    },
    'other order': () => {
      const span = pick(inner)
      const next = inner.find((other) => other.start === span.end)
      return next ? move(span, next.end) : xml
    },
    'wrong namespace': () => {
      const span = pick(all)
      return insert(span.contentStart - 1, ' xmlns="urn:other"').replace(/(<\w+ xmlns=")[^"]*" xmlns="/, '$1')
    },
    'no namespace': () => insert(pick(inner).contentStart - 1, ' xmlns=""'),
    'other prefix': () => {
      const span = pick(textual)
      const prefixed = `<p:${span.name} xmlns:p="http://eu.ereg.initialvehicleinformation.v2">`
      return replace(
        span.start,
        span.end,
        `${prefixed}${xml.slice(span.contentStart, span.contentEnd)}</p:${span.name}>`,
      )
    },
    attribute: () => insert(pick(inner).contentStart - 1, ' a="1"'),
    'text in group': () => insert(pick(groups).contentStart, pick(['x', ' \n\t', '&#65;'])),
    'element in text': () => insert(pick(textual).contentStart, '<Make>A</Make>'),
    'emptied group': () => setText(pick(groups), ''),
    'other root': () => xml.replaceAll('InitialVehicleInformation', 'VehicleInformation'),
    comment: () => insert(pick(inner).contentStart, '<!-- said aside -->'),
    'misplaced signature': () => insert(pick(inner).start, emptySignature),
    'two signatures': () => insert(all[0]!.contentEnd, emptySignature + emptySignature),
    signature: () => insert(pick([all[0]!.contentStart, all[0]!.contentEnd]), emptySignature),
    'broken signature': () =>
      insert(all[0]!.contentEnd, emptySignature.replaceAll('SignatureMethod', pick(['Signature', 'Method']))),
  }
  const names = Object.keys(kinds)
  return Array.from({ length: count }, (_, index) => {
    const kind = names[index % names.length]!
    return { kind, xml: kinds[kind]!() }
  })
}
