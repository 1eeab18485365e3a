import { resolve } from 'node:path'
import type { Comparison } from '../compare/compare-sets.ts'
import { compareSets } from '../compare/compare-sets.ts'
import { type DocumentSet, openDocumentSet } from '../compare/document-set.ts'
import { reportCsv } from '../compare/report-csv.ts'
import { reportHtml } from '../compare/report-html.ts'
import { parse, usageError, writeOutput } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage = 'compare OURS THEIRS [--all] [--csv FILE] [--html FILE] [--json]'

interface Listed {
  readonly vin: string
  readonly path: string
  readonly ours: string | null
  readonly theirs: string | null
}

const list = ({ vehicles }: Comparison): Listed[] =>
  vehicles.flatMap(({ vin, differences, missing }): Listed[] =>
    missing
      ? [
          {
            vin,
            path: '/',
            ours: missing === 'ours' ? null : 'document',
            theirs: missing === 'theirs' ? null : 'document',
          },
        ]
      : differences.map(({ path, ours, theirs }) => ({ vin, path, ours: ours ?? null, theirs: theirs ?? null })),
  )

const tellUnreadable = (set: DocumentSet, io: Io): void => {
  for (const { file, finding } of set.unreadable) io.err(`${file}: ${finding.code} ${finding.message}`)
}

/**
 * Compares documents field by field, as their readers understand them. What is drawn anew for every document is left
 * out unless `--all` asks for it; signatures are never compared.
 */
const command: Command = {
  where: 'here',
  summary: 'compares documents field by field',
  usage,
  async run(argv, io) {
    const options = {
      all: { type: 'boolean' },
      csv: { type: 'string' },
      html: { type: 'string' },
      json: { type: 'boolean' },
    } as const
    const { values, positionals } = parse(argv, options, usage)
    const [ours, theirs] = positionals
    if (ours === undefined || theirs === undefined || positionals.length > 2)
      throw usageError('Name two files or two folders.', usage)
    const [mine, his] = [await openDocumentSet(resolve(io.cwd, ours)), await openDocumentSet(resolve(io.cwd, theirs))]
    tellUnreadable(mine, io)
    tellUnreadable(his, io)
    const comparison = await compareSets(mine, his, values.all ? { ignore: new Set() } : {})
    const found = list(comparison)
    if (values.csv !== undefined) await writeOutput(values.csv, Buffer.from(`\uFEFF${reportCsv(comparison)}`), io.cwd)
    if (values.html !== undefined)
      await writeOutput(values.html, Buffer.from(reportHtml(comparison, `${ours} compared with ${theirs}`)), io.cwd)
    if (values.json) io.out(JSON.stringify({ equal: comparison.equal, differences: found }))
    else {
      for (const d of found) io.out(`${d.vin} ${d.path}: ours ${d.ours ?? '–'}, theirs ${d.theirs ?? '–'}`)
      const { vehicles, equal } = comparison.rate
      io.out(found.length === 0 ? 'equal' : `${found.length} difference(s); ${equal} of ${vehicles} vehicles agree`)
    }
    return comparison.equal ? exit.yes : exit.no
  },
}
export default command
