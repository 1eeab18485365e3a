import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipOptions {
  /** Claims another size of the unpacked part. */
  readonly lie?: { readonly name: string; readonly size: number }
  readonly flags?: number
  /** Sizes and places in the extra field for ZIP64, as streaming writers put them. */
  readonly zip64?: boolean
  readonly stored?: boolean
}

const header = (length: number, set: (b: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(length)
  set(buffer)
  return buffer
}

/** A ZIP archive of the parts, in their order. A list of pairs may name a part twice. */
export const makeZip = (parts: readonly (readonly [string, string | Buffer])[], options: ZipOptions = {}): Buffer => {
  const { lie, flags = 0, zip64 = false, stored = false } = options
  const out: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of parts) {
    const bytes = Buffer.from(content as string)
    const packed = stored ? bytes : deflateRawSync(bytes)
    const size = lie?.name === name ? lie.size : bytes.length
    const extra = Buffer.alloc(zip64 ? 28 : 0)
    if (zip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      for (const [i, value] of [size, packed.length, offset].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i)
    }
    const full = (value: number): number => (zip64 ? 0xffffffff : value)
    const common = (b: Buffer, at: number): void => {
      b.writeUInt16LE(flags, at)
      b.writeUInt16LE(stored ? 0 : 8, at + 2)
      b.writeUInt32LE(crc32(bytes), at + 8)
      b.writeUInt32LE(full(packed.length), at + 12)
      b.writeUInt32LE(full(size), at + 16)
      b.writeUInt16LE(Buffer.byteLength(name), at + 20)
    }
    const local = header(30, (b) => {
      b.writeUInt32LE(0x04034b50, 0)
      common(b, 6)
    })
    const central = header(46, (b) => {
      b.writeUInt32LE(0x02014b50, 0)
      common(b, 8)
      b.writeUInt16LE(extra.length, 30)
      b.writeUInt32LE(full(offset), 42)
    })
    out.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name), extra)
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const length = Buffer.concat(directory).length
  const end = header(22, (b) => {
    b.writeUInt32LE(0x06054b50, 0)
    b.writeUInt16LE(parts.length, 8)
    b.writeUInt16LE(parts.length, 10)
    b.writeUInt32LE(length, 12)
    b.writeUInt32LE(offset, 16)
  })
  return Buffer.concat([...out, ...directory, end])
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNs = 'http://schemas.openxmlformats.org/package/2006/relationships'

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')

export const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

export interface WorkbookOptions extends ZipOptions {
  readonly is1904?: boolean
  /** Number formats; cell style 0 is General, style n the n-th of these. */
  readonly formats?: readonly string[]
  readonly strings?: readonly string[]
  readonly sheets?: Readonly<Record<string, string>>
  readonly extra?: readonly (readonly [string, string | Buffer])[]
}

/** The parts of a workbook whose only sheet has the given rows (XML). */
export const workbookParts = (sheetData: string, options: WorkbookOptions = {}): [string, string | Buffer][] => {
  const { formats = [], strings = [], sheets = { Sheet1: sheetData } } = options
  const names = Object.keys(sheets)
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const listed = names.map((n, i) => `<sheet name="${escapeXml(n)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')
  return [
    ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
    [
      '_rels/.rels',
      `<Relationships xmlns="${packageNs}">${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${options.is1904 ? 1 : 0}"/><sheets>${listed}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packageNs}">${names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation('s', 'sharedStrings', '/xl/sharedStrings.xml')}${relation('t', 'styles', 'styles.xml')}</Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><numFmts>${formats.map((f, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escapeXml(f)}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${164 + i}"/>`).join('')}</cellXfs></styleSheet>`,
    ],
    [
      'xl/sharedStrings.xml',
      `<sst xmlns="${main}">${strings.map((s) => `<si><t xml:space="preserve">${escapeXml(s)}</t></si>`).join('')}</sst>`,
    ],
    ...Object.values(sheets).map((data, i): [string, string] => [
      `xl/worksheets/sheet${i + 1}.xml`,
      `<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
    ]),
    ...(options.extra?.map(([n, c]): [string, string | Buffer] => [n, c]) ?? []),
  ]
}

export const makeWorkbook = (sheetData: string, options: WorkbookOptions = {}): Buffer =>
  makeZip(workbookParts(sheetData, options), options)

/** Rows of inline texts, the first in row 1. */
export const textRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (row, r) =>
        `<row r="${r + 1}">${row.map((cell, c) => (cell === '' ? '' : `<c r="${columnName(c)}${r + 1}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`)).join('')}</row>`,
    )
    .join('')
