import { contractHtml } from '../data-contract/render-html.ts'
import { contractMarkdown } from '../data-contract/render-markdown.ts'
import { type Language, languages, type Stage } from '../ivi/coc/coc.ts'
import { createWorkbench } from '../workbench/create-workbench.ts'
import { firstRecord, mapperNamed } from './mapper-files.ts'
import { parse, usageError, writeOutput } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage =
  'contract --mapper M|M.yaml [--format md|html] [--language en|de|fr] [--category N2] [--stage C|V|I] [--sample FILE] [--out FILE]'
const isLanguage = (text: string): text is Language => languages.some((one) => one === text)
const isStage = (text: string): text is Stage => text === 'C' || text === 'V' || text === 'I'

/** Prints what a mapper expects and what it makes of it, from the mapper itself. */
const command: Command = {
  where: 'data',
  summary: 'prints the data contract of a mapper',
  usage,
  async run(argv, io, data) {
    const string = { type: 'string' } as const
    const options = { mapper: string, format: string, language: string, category: string, stage: string } as const
    const { values, positionals } = parse(argv, { ...options, sample: string, out: string }, usage)
    const { format = 'md', language = 'en', category, stage } = values
    if (values.mapper === undefined || positionals.length > 0) throw usageError('Name the mapper.', usage)
    if (format !== 'md' && format !== 'html') throw usageError('--format is md or html.', usage)
    if (!isLanguage(language)) throw usageError(`--language is one of ${languages.join(', ')}.`, usage)
    if (stage !== undefined && !isStage(stage)) throw usageError('--stage is C, V or I.', usage)
    const mapper = await mapperNamed(values.mapper, io.cwd, data)
    const sample = values.sample === undefined ? undefined : await firstRecord(values.sample, mapper, io.cwd, data)
    const contract = await createWorkbench(data.tools).contract(mapper, { language, category, stage, sample })
    const text = format === 'md' ? contractMarkdown(contract) : contractHtml(contract)
    if (values.out === undefined) io.out(text.trimEnd())
    else await writeOutput(values.out, Buffer.from(text), io.cwd)
    return exit.yes
  },
}
export default command
