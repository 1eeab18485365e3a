/** The part of pdfkit that the print form uses; the package brings no types. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream'

  export interface TextOptions {
    readonly width?: number
    readonly align?: 'left' | 'right'
    readonly lineBreak?: boolean
    readonly lineGap?: number
    readonly characterSpacing?: number
  }
  export interface StructureElement {
    add(child: StructureElement | (() => void)): this
    end(): this
  }
  interface PDFDocument extends Readable {
    readonly page: { readonly width: number; readonly height: number }
    registerFont(name: string, source: string): this
    font(name: string): this
    fontSize(size: number): this
    fillColor(colour: string, opacity?: number): this
    strokeColor(colour: string): this
    lineWidth(width: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    rect(x: number, y: number, width: number, height: number): this
    stroke(): this
    save(): this
    restore(): this
    rotate(degrees: number, options: { readonly origin: readonly [number, number] }): this
    text(text: string, x: number, y: number, options?: TextOptions): this
    heightOfString(text: string, options?: TextOptions): number
    widthOfString(text: string, options?: TextOptions): number
    addPage(): this
    switchToPage(page: number): this
    bufferedPageRange(): { readonly start: number; readonly count: number }
    struct(
      type: string,
      options?: { readonly scope?: 'Row' | 'Column' | 'Both'; readonly alt?: string },
    ): StructureElement
    addStructure(element: StructureElement): this
    markContent(tag: 'Artifact', options?: { readonly type: 'Pagination' | 'Layout' | 'Background' }): this
    endMarkedContent(): this
    end(): void
  }
  export interface DocumentOptions {
    readonly size: 'A4'
    readonly margin: number
    readonly lang: string
    readonly tagged: boolean
    readonly displayTitle: boolean
    readonly pdfVersion: '1.7'
    readonly subset?: 'PDF/UA'
    readonly bufferPages: boolean
    readonly autoFirstPage: boolean
    readonly info: Readonly<Record<string, string | Date>>
  }
  const PDFDocument: new (options: DocumentOptions) => PDFDocument
  export default PDFDocument
}

/** Reads fonts; pdfkit rests on it. */
declare module 'fontkit' {
  export const openSync: (file: string) => { hasGlyphForCodePoint(codePoint: number): boolean }
}
