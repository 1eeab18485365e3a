import { type Block, type BlockCell, contractBlocks } from './contract-blocks.ts'
import type { DataContract } from './data-contract.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const text = (raw: string): string => raw.replaceAll(/[&<>"]/g, (c) => escapes[c] ?? c)

const style = `@page{size:A4 landscape;margin:10mm}
body{font:9.5px/1.35 system-ui,sans-serif;color:#1b1f24;margin:0 auto;max-width:277mm}
@media screen{body{font-size:13px;padding:1.5rem;max-width:80rem}}
h1{font-size:1.6em;margin:0 0 .5em}h2{font-size:1.15em;margin:1.2em 0 .4em;break-after:avoid}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}
th,td{text-align:left;vertical-align:top;padding:.18em .6em .18em 0;border-bottom:1px solid #d9dee3}
th{font-weight:600}code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}td:first-child{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1.2em;margin:0}dt{color:#4b5560;max-width:17em}dd{margin:0}
.sign{display:flex;gap:3em;margin-top:2.5em;break-inside:avoid}.sign p{flex:1;border-top:1px solid #1b1f24;padding-top:.3em;margin:0}`

const cellText = (cell: BlockCell): string =>
  typeof cell === 'string' ? text(cell) : `<code>${text(cell.code)}</code>`

const blockHtml = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `<h1>${text(block.text)}</h1>`
    case 'heading':
      return `<h2>${text(block.text)}</h2>`
    case 'facts':
      return `<dl>${block.rows.map(([name, value]) => `<dt>${text(name)}</dt><dd>${cellText(value)}</dd>`).join('\n')}</dl>`
    case 'table': {
      const head = block.head.map((name) => `<th scope="col">${text(name)}</th>`).join('')
      const rows = block.rows.map((cells) => `<tr>${cells.map((c) => `<td>${cellText(c)}</td>`).join('')}</tr>`)
      return `<table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`
    }
    case 'signatures':
      return `<div class="sign">${block.lines.map((line) => `<p>${text(line)}</p>`).join('')}</div>`
  }
}

/** The contract as one HTML file that needs nothing else; it prints on A4, lying. */
export const contractHtml = (contract: DataContract): string => {
  const blocks = contractBlocks(contract)
  const title = blocks.find((block) => block.kind === 'title')?.text ?? ''
  return `<!doctype html>
<html lang="${contract.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(title)}</title><style>${style}</style></head><body>
${blocks.map(blockHtml).join('\n')}
</body></html>
`
}
