import { type Block, type BlockCell, contractBlocks } from './contract-blocks.ts'
import type { DataContract } from './data-contract.ts'

/** Text that Markdown must not read as marks; a bar would end the cell. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>|]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, ' ')

/** Code in as many back quotes as it takes; in a table a bar is escaped even there. */
const inline = (text: string): string => {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const padded = text.startsWith('`') || text.endsWith('`') ? ` ${text} ` : text
  return `${fence}${padded.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')}${fence}`
}
const cellText = (cell: BlockCell): string => (typeof cell === 'string' ? plain(cell) : inline(cell.code))
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const blockText = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `# ${plain(block.text)}`
    case 'heading':
      return `## ${plain(block.text)}`
    case 'facts':
      return block.rows.map(([name, value]) => `- ${plain(name)}: ${cellText(value)}`).join('\n')
    case 'table':
      return [
        row(block.head.map(plain)),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map(cellText))),
      ].join('\n')
    case 'signatures':
      return block.lines.map((line) => `- ${plain(line)}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_`).join('\n')
  }
}

/** The contract as Markdown, for a repository. */
export const contractMarkdown = (contract: DataContract): string =>
  `${contractBlocks(contract).map(blockText).join('\n\n')}\n`
