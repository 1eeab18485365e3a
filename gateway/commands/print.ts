import { type Language, languages } from '../ivi/coc/coc.ts'
import { printDocument, type PrintFormat, printFormats } from '../print/print-document.ts'
import { parse, readInput, usageError, writeOutput } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'print FILE [--language en|de|fr] [--format html|pdf] [--duplicate] --out FILE [--json]'

const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw usageError(`--${name} must be one of ${allowed.join(', ')}.`, usage)
  return found
}

/** Prints a document as the certificate that a human reads. The format follows the name of `--out` where none is given. */
const command: Command = {
  where: 'here',
  summary: 'a document as a certificate to read, HTML or PDF',
  usage,
  async run(argv, io) {
    const string = { type: 'string' } as const
    const boolean = { type: 'boolean' } as const
    const options = { language: string, format: string, out: string, duplicate: boolean, json: boolean }
    const { values, positionals } = parse(argv, options, usage)
    const [file] = positionals
    const { out, duplicate = false } = values
    if (file === undefined || positionals.length > 1 || !out) throw usageError('Name one file and --out.', usage)
    const language: Language = oneOf('language', values.language ?? 'en', languages)
    const format: PrintFormat = oneOf('format', values.format ?? (/\.pdf$/i.test(out) ? 'pdf' : 'html'), printFormats)
    const printed = await printDocument(await readInput(file, io.cwd), { language, format, duplicate })
    if (printed.bytes === undefined) {
      if (values.json) io.out(JSON.stringify({ file: null, vin: null, signed: null, findings: printed.findings }))
      else printFindings(file, 'cannot be printed', printed.findings, io)
      return exit.no
    }
    await writeOutput(out, printed.bytes, io.cwd)
    const result = { file: out, vin: printed.vin, signed: printed.signed, findings: [] }
    io.out(values.json ? JSON.stringify(result) : `${out}: ${printed.vin}${printed.signed ? '' : ', NOT signed'}`)
    return exit.yes
  },
}
export default command
