import { checkFiles } from '../check-files/check-files.ts'
import type { Part } from '../check-files/file-check.ts'
import { findingTexts } from '../checks/finding-text.ts'
import { loadRules } from '../checks/load-rules.ts'
import { isValid } from '../contract/index.ts'
import { ruleSwitchesFor, trustAnchorsFor } from '../data-folder.ts'
import { type Language, languages } from '../ivi/coc/coc.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printChecked } from './print-checked.ts'

const usage = 'check FILE… [--unsigned] [--only schema|rules|signature] [--language en|de|fr] [--json]'
const allParts: readonly Part[] = ['schema', 'rules', 'signature']
const isPart = (text: string): text is Part => allParts.some((part) => part === text)
const isLanguage = (text: string): text is Language => languages.some((one) => one === text)

/** Validates IVI documents: schema, content rules, signature and trust. */
const command: Command = {
  where: 'here',
  summary: 'validates IVI documents',
  usage,
  async run(argv, io) {
    const options = {
      unsigned: { type: 'boolean' },
      only: { type: 'string' },
      language: { type: 'string' },
      json: { type: 'boolean' },
    } as const
    const { values, positionals: files } = parse(argv, options, usage)
    if (files.length === 0) throw usageError('Name at least one file.', usage)
    const { only, unsigned = false, language = 'en' } = values
    if (only !== undefined && !isPart(only)) throw usageError(`--only is one of ${allParts.join(', ')}.`, usage)
    if (!isLanguage(language)) throw usageError(`--language is one of ${languages.join(', ')}.`, usage)
    const parts = only === undefined ? allParts : [only]
    const trustAnchors = parts.includes('signature') && !unsigned ? await trustAnchorsFor(io) : []
    const switches = parts.includes('rules') ? await ruleSwitchesFor(io) : []
    for (const { code, severity, reason } of switches) io.err(`${code} is switched to ${severity}: ${reason}`)
    const checked = await checkFiles(files, {
      parts,
      unsigned,
      trustAnchors,
      switches,
      cwd: io.cwd,
      dataFolder: io.environment.data,
      today: new Date().toISOString().slice(0, 10),
    })
    const textOf = findingTexts(await loadRules())
    for (const { isRead, findings } of checked)
      if (!isRead) for (const { code, message } of findings) io.err(`${code} ${message}`)
    const results = checked.map(({ findings }, i) => ({
      file: files[i] ?? '',
      valid: isValid(findings),
      // `message` stays English; who asked for a language has the text in it too.
      findings: values.language === undefined ? findings : findings.map((f) => ({ ...f, text: textOf(f, language) })),
    }))
    if (values.json) io.out(JSON.stringify(results))
    else for (const [i, one] of checked.entries()) printChecked(files[i] ?? '', one, language, textOf, io)
    if (checked.some((one) => !one.isRead)) return exit.operational
    return results.every((r) => r.valid) ? exit.yes : exit.no
  },
}
export default command
