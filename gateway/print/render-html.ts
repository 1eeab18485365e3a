import { readFileSync } from 'node:fs'
import type { PrintBlock, PrintForm, PrintItem, PrintMatrix, PrintTable, PrintText } from './print-form.ts'

const style = readFileSync(new URL('print-style.json', import.meta.url), 'utf8')
const rules = (JSON.parse(style) as readonly string[]).join('\n')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

/** A CSS string: everything but letters and digits as code points, so that nothing can end the string or the style. */
const cssString = (text: string): string =>
  `"${text.replace(/[^A-Za-z0-9]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`

/** `Page {page} of {pages}` as the content of a margin box, which counts itself. */
const pageContent = (pageOf: string): string =>
  pageOf
    .split(/(\{pages?\})/)
    .filter((part) => part !== '')
    .map((part) => (part === '{page}' ? 'counter(page)' : part === '{pages}' ? 'counter(pages)' : cssString(part)))
    .join(' ')

const lines = (texts: readonly PrintText[]): string =>
  texts.map(({ text }) => `<div>${escapeHtml(text)}</div>`).join('')

const heads = (names: readonly string[]): string =>
  names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')

const table = ({ head, rows }: PrintTable, title: string): string => {
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map(({ text }) => `<td>${escapeHtml(text)}</td>`).join('')
    return `<tr><th scope="row">${escapeHtml(first?.text ?? '')}</th>${cells}</tr>`
  })
  return `<table class="small"><caption class="unseen">${escapeHtml(title)}</caption><thead><tr>${heads(head)}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`
}

const itemRow = ({ number, title, lines: texts, tables }: PrintItem): string => {
  const row = `<tr><td>${escapeHtml(number)}</td><th scope="row">${escapeHtml(title)}</th><td>${lines(texts)}</td></tr>`
  const below = tables.map((one) => `<tr class="below"><td></td><td colspan="2">${table(one, title)}</td></tr>`)
  return [row, ...below].join('\n')
}

const matrixRow = ({ number, title, cells }: PrintMatrix['rows'][number]): string =>
  `<tr><td>${escapeHtml(number)}</td><th scope="row">${escapeHtml(title)}</th>${cells
    .map(({ text }) => `<td>${escapeHtml(text)}</td>`)
    .join('')}</tr>`

const columns = '<colgroup><col class="number"><col class="title"></colgroup>'

const block = (one: PrintBlock, { words }: PrintForm, heading: string): string => {
  const caption = `<caption class="unseen">${escapeHtml(heading)}</caption>`
  switch (one.kind) {
    case 'note':
      return `<p class="note">${escapeHtml(one.text)}</p>`
    case 'matrix': {
      const head = `${heads([words.item, words.designation])}${heads(one.matrix.columns)}`
      return `<table class="items matrix">${caption}${columns}<thead><tr>${head}</tr></thead><tbody>
${one.matrix.rows.map(matrixRow).join('\n')}
</tbody></table>`
    }
    case 'items': {
      const head = heads([words.item, words.designation, words.value])
      return `<table class="items">${caption}${columns}<thead class="quiet"><tr>${head}</tr></thead><tbody>
${one.items.map(itemRow).join('\n')}
</tbody></table>`
    }
  }
}

/** The form as one HTML file: no script, nothing fetched, every value escaped; set for A4 when it is printed. */
export const renderHtml = (form: PrintForm): string => {
  const { language, title, subtitle, model, vehicle, vin, declaration, mark, sections, foot, pageOf } = form
  const page = `@page { @bottom-left { content: ${cssString(foot)} } @bottom-right { content: ${pageContent(pageOf)} } }`
  const body = sections.map(
    ({ heading, blocks }) =>
      `<section><h2>${escapeHtml(heading)}</h2>
${blocks.map((one) => block(one, form, heading)).join('\n')}
</section>`,
  )
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${title} ${vin}`)}</title>
<style>
${rules}
${page}
</style>
</head>
<body>
${mark === undefined ? '' : `<div class="mark" aria-hidden="true">${escapeHtml(mark)}</div>\n`}<main>
<header>
<div><h1>${escapeHtml(title)}</h1><p>${escapeHtml(subtitle)}</p></div>
<div>${mark === undefined ? '' : `<p class="badge">${escapeHtml(mark)}</p>`}<p class="vehicle">${escapeHtml(vehicle)}</p><p class="vin">${escapeHtml(vin)}</p><p>${escapeHtml(model)}</p></div>
</header>
<p class="declaration">${escapeHtml(declaration)}</p>
${body.join('\n')}
<footer>${escapeHtml(foot)}</footer>
</main>
</body>
</html>
`
}
