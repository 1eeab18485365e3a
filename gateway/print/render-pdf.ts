import type { StructureElement } from 'pdfkit'
import { box, colour, faces, type Look, Sheet, width } from './pdf-sheet.ts'
import { drawItems, drawMatrix, firstHeight } from './pdf-tables.ts'
import type { PrintForm, PrintSection } from './print-form.ts'

/** The document's own time, so that the same document gives the same bytes; a fixed one where it has none. */
const madeAt = (made: string): Date => {
  const at = new Date(made)
  return Number.isNaN(at.getTime()) ? new Date(0) : at
}

/** The library, and which signs its font has; asked once per sign. */
const load = async () => {
  const [{ default: PDFDocument }, fontkit] = await Promise.all([import('pdfkit'), import('fontkit')])
  const font = fontkit.openSync(faces.regular)
  const known = new Map<number, boolean>()
  const hasGlyph = (code: number): boolean => {
    const has = known.get(code) ?? font.hasGlyphForCodePoint(code)
    known.set(code, has)
    return has
  }
  return { PDFDocument, hasGlyph }
}
let loaded: ReturnType<typeof load> | undefined

/** Writes a text below what is there, as an element of its own. */
const paragraph = (sheet: Sheet, into: StructureElement, tag: string, text: string, x: number, look: Look): void => {
  const height = sheet.heightOf(text, look)
  sheet.need(height)
  const element = sheet.doc.struct(tag)
  into.add(element)
  sheet.write(element, text, x, sheet.y, look)
  element.end()
  sheet.y += height
}

const drawHeader = (sheet: Sheet, form: PrintForm): void => {
  const left = { colour: colour.head, width: 330 }
  const right = { colour: colour.ink, width: 180, align: 'right' as const }
  const top = 46
  sheet.y = top
  paragraph(sheet, sheet.root, 'H1', form.title, box.left, { ...left, font: 'bold', size: 20 })
  paragraph(sheet, sheet.root, 'P', form.subtitle, box.left, { ...left, font: 'regular', size: 12 })
  const end = sheet.y
  sheet.y = top
  const x = box.right - 180
  if (form.mark !== undefined)
    paragraph(sheet, sheet.root, 'P', form.mark, x, {
      ...right,
      colour: colour.mark,
      font: 'bold',
      size: 9,
      spacing: 0.5,
    })
  paragraph(sheet, sheet.root, 'P', form.vehicle, x, { ...right, font: 'regular', size: 10 })
  paragraph(sheet, sheet.root, 'P', form.vin, x, { ...right, font: 'bold', size: 13, spacing: 0.8 })
  paragraph(sheet, sheet.root, 'P', form.model, x, { ...right, colour: colour.quiet, font: 'regular', size: 8.5 })
  sheet.y = Math.max(sheet.y, end) + 6
  sheet.rule(sheet.y, colour.head, 1.5)
  sheet.y += 9
  paragraph(sheet, sheet.root, 'P', form.declaration, box.left, {
    font: 'regular',
    size: 10,
    colour: colour.ink,
    width,
  })
}

const drawSection = (sheet: Sheet, section: PrintSection): void => {
  // A heading stays with what it heads.
  sheet.need(30 + firstHeight(sheet, section.blocks[0]))
  if (sheet.y > box.top) sheet.y += 10
  const sect = sheet.doc.struct('Sect')
  sheet.root.add(sect)
  paragraph(sheet, sect, 'H2', section.heading, box.left, { font: 'bold', size: 10, colour: colour.head, width })
  sheet.y += 1.5
  sheet.rule(sheet.y, colour.head, 0.75)
  for (const block of section.blocks)
    switch (block.kind) {
      case 'items':
        drawItems(sheet, sect, block.items)
        break
      case 'matrix':
        drawMatrix(sheet, sect, block.matrix)
        break
      case 'note':
        sheet.y += 4
        paragraph(sheet, sect, 'P', block.text, box.left, { font: 'regular', size: 8, colour: colour.quiet, width })
        break
    }
  sect.end()
}

/**
 * The form as a tagged PDF (A4, Source Sans 3 embedded: Latin, Greek, Cyrillic). The same form gives the same bytes.
 * The library is loaded with the first call, so that the gateway starts without it.
 */
export const renderPdf = async (form: PrintForm): Promise<Buffer> => {
  const { PDFDocument, hasGlyph } = await (loaded ??= load())
  const at = madeAt(form.made)
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: form.language,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    bufferPages: true,
    autoFirstPage: false,
    info: {
      Title: `${form.title} ${form.vin}`,
      Subject: `${form.subtitle} · ${form.model}`,
      Creator: 'eCoC Gateway',
      Producer: 'eCoC Gateway',
      CreationDate: at,
      ModDate: at,
    },
  })
  const chunks: Buffer[] = []
  const done = new Promise<void>((resolve, reject) => {
    doc
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve())
      .on('error', reject)
  })
  const sheet = new Sheet(doc, form, hasGlyph)
  drawHeader(sheet, form)
  for (const section of form.sections) drawSection(sheet, section)
  sheet.finish()
  doc.end()
  await done
  return Buffer.concat(chunks)
}
