import { fileURLToPath } from 'node:url'
import type PDFDocument from 'pdfkit'
import type { StructureElement } from 'pdfkit'
import type { PrintForm } from './print-form.ts'

/** Points; A4 is 595.28 × 841.89. */
export const box = { left: 42, right: 553, top: 56, bottom: 792 } as const
export const width = box.right - box.left
export const colour = {
  ink: '#1b1f24',
  quiet: '#5c6570',
  title: '#3b434d',
  head: '#1d3557',
  rule: '#d5d9de',
  mark: '#9b2226',
} as const

const face = (file: string): string =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${file}.ttf`))
export const faces = {
  regular: face('400Regular/SourceSans3_400Regular'),
  medium: face('500Medium/SourceSans3_500Medium'),
  bold: face('600SemiBold/SourceSans3_600SemiBold'),
} as const

export interface Look {
  readonly font: keyof typeof faces
  readonly size: number
  readonly colour: string
  readonly width: number
  readonly align?: 'left' | 'right'
  readonly spacing?: number
}
type Doc = InstanceType<typeof PDFDocument>

/** The page under the pen: where the next line goes, new pages, and text that is part of the document's structure. */
export class Sheet {
  readonly doc: Doc
  readonly root: StructureElement
  y: number = box.top
  #pages = 0
  readonly #form: PrintForm
  readonly #hasGlyph: (codePoint: number) => boolean

  constructor(doc: Doc, form: PrintForm, hasGlyph: (codePoint: number) => boolean) {
    this.doc = doc
    this.#form = form
    this.#hasGlyph = hasGlyph
    for (const [name, file] of Object.entries(faces)) doc.registerFont(name, file)
    this.root = doc.struct('Document')
    doc.addStructure(this.root)
    this.newPage()
  }

  newPage(): void {
    const { doc } = this
    const { mark, title, vin } = this.#form
    doc.addPage()
    this.#pages++
    this.y = box.top
    if (mark !== undefined) {
      doc.markContent('Artifact', { type: 'Background' })
      const [x, y] = [doc.page.width / 2, doc.page.height / 2]
      const look: Look = { font: 'bold', size: 88, colour: colour.mark, width: 1000, spacing: 10 }
      const wide = this.widthOf(mark, look) + 10 * (mark.length - 1)
      doc.save().rotate(-52, { origin: [x, y] })
      this.#draw(mark, x - wide / 2, y - 55, look, 0.09)
      doc.restore()
      doc.endMarkedContent()
    }
    if (this.#pages === 1) return
    doc.markContent('Artifact', { type: 'Pagination' })
    const look: Look = { font: 'regular', size: 7.5, colour: colour.quiet, width }
    this.#draw(`${title} · ${vin}${mark === undefined ? '' : ` · ${mark}`}`, box.left, 32, look)
    doc.endMarkedContent()
    this.rule(44, colour.rule, 0.5)
  }

  /** Goes to a new page when less than `height` is left on this one. @returns whether it did */
  need(height: number): boolean {
    if (this.y + height <= box.bottom) return false
    this.newPage()
    return true
  }

  rule(y: number, stroke: string, weight: number, left: number = box.left): void {
    const { doc } = this
    doc.markContent('Artifact', { type: 'Layout' })
    doc.moveTo(left, y).lineTo(box.right, y).lineWidth(weight).strokeColor(stroke).stroke()
    doc.endMarkedContent()
  }

  heightOf(text: string, look: Look): number {
    return this.#with(look).heightOfString(this.#printable(text), {
      width: look.width,
      characterSpacing: look.spacing ?? 0,
    })
  }

  widthOf(text: string, look: Look): number {
    return this.#with(look).widthOfString(this.#printable(text))
  }

  /** Writes text at a place as content of a structure element; the pen stays where it is. */
  write(into: StructureElement, text: string, x: number, y: number, look: Look): void {
    if (text !== '') into.add(() => this.#draw(text, x, y, look))
  }

  /** Foot and page number of every page, when all are known. */
  finish(): void {
    const { doc } = this
    const { foot, pageOf } = this.#form
    this.root.end()
    const { start, count } = doc.bufferedPageRange()
    for (let i = 0; i < count; i++) {
      doc.switchToPage(start + i)
      const number = pageOf.replace('{pages}', String(count)).replace('{page}', String(i + 1))
      const look: Look = { font: 'regular', size: 7.5, colour: colour.quiet, width }
      this.rule(802, colour.rule, 0.5)
      doc.markContent('Artifact', { type: 'Pagination' })
      this.#draw(foot, box.left, 807, { ...look, width: width - 80 })
      this.#draw(number, box.left, 807, { ...look, align: 'right' })
      doc.endMarkedContent()
    }
  }

  #with({ font, size }: Look): Doc {
    return this.doc.font(font).fontSize(size)
  }

  #draw(text: string, x: number, y: number, look: Look, opacity = 1): void {
    const { width: wide, align = 'left', spacing = 0 } = look
    this.#with(look)
      .fillColor(look.colour, opacity)
      .text(this.#printable(text), x, y, { width: wide, align, characterSpacing: spacing })
  }

  /** A sign that the fonts do not have is named by its code point, so that it is not lost. */
  #printable(text: string): string {
    return text.replace(/[^\n]/gu, (sign) => {
      const code = sign.codePointAt(0) ?? 0
      return this.#hasGlyph(code) ? sign : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
    })
  }
}
