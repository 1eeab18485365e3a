import type { SaxesTagNS } from 'saxes'
import {
  type DecodedRow,
  type InputLayout,
  type RecordFields,
  UnreadableFile,
} from '../../../gateway/contract/index.ts'
import type { StreamEvents } from '../support/strict-xml.ts'

type Value = string | RecordFields

/** An element that is open inside a record. */
interface Frame {
  readonly name: string
  /** Below the record: `AXLES/AXLE`. */
  readonly path: string
  /** Absent for what holds nothing but text, which is most. */
  children: Map<string, Value | Value[]> | undefined
  text: string
}

/** A record of vehicle data is far smaller than this. */
const maxElements = 10_000
const maxText = 256 * 1024

/** Says what kind of value something is to a schema processor; nothing about a vehicle (XML Schema part 1, 2.6). */
const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'
const noAttribute = { uri: '', local: '', value: '' }
const declarations = 'http://www.w3.org/2000/xmlns/'

/** Cuts the records out of a stream of XML. What stands outside of them is passed over and not kept. */
export class RecordBuilder implements StreamEvents {
  /** Records that are complete; the codec hands them on and empties the list. */
  readonly rows: DecodedRow[] = []
  /** The element around the records was there, so that no records means none today. */
  foundHome = false
  readonly #way: readonly string[] | undefined
  readonly #lists: ReadonlySet<string>
  readonly #encoding: string
  /** Names from the root to the open element outside a record; and how many of them lie on the way. */
  #depth = 0
  #onTheWay = 0
  #frames: Frame[] = []
  #line = 1
  #count = 0
  #elements = 0
  #text = 0

  constructor(layout: InputLayout, encoding: string) {
    this.#way = layout.xml?.record?.split('/').slice(1)
    const declared = layout.fields.filter((f) => f.type === 'list').map((f) => f.name)
    this.#lists = new Set([...declared, ...(layout.xml?.lists ?? [])])
    this.#encoding = new TextDecoder(encoding).encoding
  }

  open(tag: SaxesTagNS, line: number): void {
    const top = this.#frames.at(-1)
    if (top) {
      this.#push(tag, top.path === '' ? tag.local : `${top.path}/${tag.local}`)
      return
    }
    const length = this.#way?.length ?? 2
    const matches = this.#onTheWay === this.#depth && (this.#way === undefined || this.#way[this.#depth] === tag.local)
    this.#depth++
    if (!matches) return
    this.#onTheWay++
    if (this.#onTheWay >= length - 1) this.foundHome = true
    if (this.#onTheWay < length) return
    this.#line = line
    this.#elements = 0
    this.#text = 0
    this.#push(tag, '')
  }

  text(text: string): void {
    const top = this.#frames.at(-1)
    if (!top) return
    this.#grow(text.length)
    top.text += text
  }

  close(): void {
    const frame = this.#frames.pop()
    const parent = this.#frames.at(-1)
    if (frame && parent) {
      const value = this.#valueOf(frame)
      const children = (parent.children ??= new Map<string, Value | Value[]>())
      const before = children.get(frame.name)
      if (before === undefined) children.set(frame.name, this.#lists.has(frame.path) ? [value] : value)
      else if (Array.isArray(before)) before.push(value)
      else children.set(frame.name, [before, value])
      return
    }
    if (frame) {
      const value = this.#valueOf(frame)
      const fields = typeof value === 'string' ? (value === '' ? {} : { '#text': value }) : value
      // Its number, not its line: a whole export often stands in one line, and the place must name one record.
      this.rows.push({ line: ++this.#count, cells: [JSON.stringify(fields)], fields })
    }
    this.#depth--
    if (this.#onTheWay > this.#depth) this.#onTheWay = this.#depth
  }

  encoding(label: string): void {
    let known: string | undefined
    try {
      known = new TextDecoder(label.trim()).encoding
    } catch {
      known = undefined
    }
    if (known === this.#encoding) return
    const said = label.slice(0, 40)
    throw new UnreadableFile('INB-003', `The file says it is in ${said}, the mapper says ${this.#encoding}.`)
  }

  #push(tag: SaxesTagNS, path: string): void {
    if (++this.#elements > maxElements) this.#tooLarge(`${maxElements} elements`)
    let children: Frame['children']
    for (const name in tag.attributes) {
      const { uri, local, value } = tag.attributes[name] ?? noAttribute
      if (uri === declarations || uri === schemaInstance) continue
      this.#grow(value.length)
      children ??= new Map()
      children.set(`@${local}`, value.trim())
    }
    this.#frames.push({ name: tag.local, path, children, text: '' })
  }

  #valueOf({ children, text }: Frame): Value {
    const own = text.trim()
    if (!children) return own
    if (own !== '') children.set('#text', own)
    // Defines its keys instead of setting them, so that a name like `__proto__` is a name.
    return Object.fromEntries(children) as RecordFields
  }

  #grow(characters: number): void {
    this.#text += characters
    if (this.#text > maxText) this.#tooLarge(`${maxText} characters`)
  }

  #tooLarge(limit: string): never {
    throw new UnreadableFile('INB-018', `The record that begins in line ${this.#line} has more than ${limit}.`)
  }
}
