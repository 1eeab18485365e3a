import { posix } from 'node:path'
import type { SaxesTagNS } from 'saxes'
import { UnreadableFile } from '../../../gateway/contract/index.ts'
import { strictXml } from '../support/strict-xml.ts'
import { builtInKind, kindOfFormat, type NumberKind, unescapeText } from './cell-values.ts'
import type { Archive } from './zip.ts'

/** What a sheet's cells need to be understood. */
export interface Workbook {
  /** The part that holds the sheet. */
  readonly sheet: string
  readonly is1904: boolean
  readonly strings: readonly string[]
  /** By the number of the style. */
  readonly kinds: readonly NumberKind[]
}

const maxPart = 16 * 1024 * 1024
const maxStringsPart = 128 * 1024 * 1024
const maxStrings = 1_000_000
const maxStringCharacters = 48 * 1024 * 1024
const maxStyles = 70_000

const broken = (what: string): UnreadableFile =>
  new UnreadableFile('INB-012', `The file is no readable workbook (${what}). Save it again as .xlsx.`)

export interface Hears {
  open?(name: string, attribute: (name: string) => string | undefined): void
  close?(name: string): void
  text?(text: string): void
}

/** Reads a part of the workbook; its elements are known by their local names, in whichever edition of the format. */
export async function* readPart(zip: Archive, part: string, maxBytes: number, hears: Hears): AsyncGenerator<true> {
  const names: string[] = []
  const open = (tag: SaxesTagNS): void => {
    names.push(tag.local)
    const { attributes } = tag
    hears.open?.(tag.local, (name) =>
      // Only the reference to a part has a prefix, whichever the writer chose.
      name === 'id' ? Object.values(attributes).find((a) => a.local === name)?.value : attributes[name]?.value,
    )
  }
  const close = (): void => hears.close?.(names.pop() ?? '')
  const xml = strictXml({ open, close, text: (text) => hears.text?.(text) })
  for await (const piece of zip.read(part, maxBytes)) {
    xml.write(piece)
    yield true
  }
  xml.end()
}

const readWhole = async (zip: Archive, part: string, maxBytes: number, hears: Hears): Promise<void> => {
  const pieces = readPart(zip, part, maxBytes, hears)
  while (!(await pieces.next()).done);
}

interface Relation {
  readonly id: string
  /** The last part of its type: `worksheet`, `styles`. */
  readonly type: string
  readonly part: string
}

/** What a part refers to inside the package (ECMA-376 part 2, 9.3). Links to the outside are not followed. */
const relationsOf = async (zip: Archive, part: string): Promise<readonly Relation[]> => {
  const folder = posix.dirname(part)
  const found: Relation[] = []
  await readWhole(zip, posix.join(folder, '_rels', `${posix.basename(part)}.rels`), maxPart, {
    open(name, attribute) {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return
      const target = attribute('Target') ?? ''
      const type = attribute('Type')?.split('/').at(-1) ?? ''
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
      found.push({ id: attribute('Id') ?? '', type, part: path })
    },
  })
  return found
}

const readStrings = async (zip: Archive, part: string): Promise<string[]> => {
  const strings: string[] = []
  let [text, inText, phonetic, characters] = ['', false, false, 0]
  await readWhole(zip, part, maxStringsPart, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') inText = !phonetic
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'si') strings.push(unescapeText(text))
      if (strings.length > maxStrings)
        throw new UnreadableFile('INB-014', `The workbook has more than ${maxStrings} different texts.`)
    },
    text(piece) {
      if (!inText) return
      characters += piece.length
      if (characters > maxStringCharacters)
        throw new UnreadableFile(
          'INB-014',
          `The texts of the workbook have more than ${maxStringCharacters} characters.`,
        )
      text += piece
    },
  })
  return strings
}

const readKinds = async (zip: Archive, part: string): Promise<NumberKind[]> => {
  const own = new Map<string, NumberKind>()
  const kinds: NumberKind[] = []
  let inCells = false
  await readWhole(zip, part, maxPart, {
    open(name, attribute) {
      if (name === 'numFmt')
        own.set(attribute('numFmtId') ?? '', kindOfFormat((attribute('formatCode') ?? '').slice(0, 1000)))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells && kinds.length < maxStyles) {
        const id = attribute('numFmtId') ?? '0'
        kinds.push(own.get(id) ?? builtInKind(Number(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return kinds
}

/**
 * Reads everything but the sheet itself.
 * @param wanted name of the sheet; the first one when undefined
 * @throws UnreadableFile INB-012 no workbook, INB-013 of a kind that is not read, INB-014 too large, INB-015 no such sheet
 */
export const readWorkbook = async (zip: Archive, wanted: string | undefined): Promise<Workbook> => {
  if (!zip.has('_rels/.rels')) throw broken('it is another kind of ZIP archive')
  const main = (await relationsOf(zip, '')).find((r) => r.type === 'officeDocument')?.part
  if (main === undefined) throw broken('it names no workbook')
  if (main.endsWith('.bin')) throw new UnreadableFile('INB-013', 'This is a binary workbook (.xlsb). Save it as .xlsx.')
  const sheets: { readonly name: string; readonly id: string }[] = []
  let is1904 = false
  await readWhole(zip, main, maxPart, {
    open(name, attribute) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attribute('date1904') ?? '')
      else if (name === 'sheet') sheets.push({ name: attribute('name') ?? '', id: attribute('id') ?? '' })
    },
  })
  const chosen = wanted === undefined ? sheets[0] : sheets.find((s) => s.name === wanted)
  if (!chosen) {
    const names = sheets
      .map((s) => s.name)
      .join(', ')
      .slice(0, 300)
    throw new UnreadableFile('INB-015', `The workbook has no sheet ${wanted ?? ''}. There are: ${names}.`)
  }
  const relations = await relationsOf(zip, main)
  const sheet = relations.find((r) => r.id === chosen.id && r.type === 'worksheet')?.part
  if (sheet === undefined) throw new UnreadableFile('INB-015', `${chosen.name.slice(0, 40)} is no sheet of cells.`)
  const strings = relations.find((r) => r.type === 'sharedStrings')?.part
  const styles = relations.find((r) => r.type === 'styles')?.part
  return {
    sheet,
    is1904,
    strings: strings === undefined ? [] : await readStrings(zip, strings),
    kinds: styles === undefined ? [] : await readKinds(zip, styles),
  }
}
