import { isValid } from '../contract/index.ts'
import { signerFor } from '../data-folder.ts'
import { readDocument } from '../ivi/read-document.ts'
import { writeDocument } from '../ivi/write-document.ts'
import { signDocument } from '../signature/sign-document.ts'
import { parse, readInput, usageError, writeOutput } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print.ts'

const usage = 'sign FILE --out FILE [--signer S] [--json]'

/** Signs one document, written anew in canonical form. */
const command: Command = {
  where: 'here',
  summary: 'signs one document',
  usage,
  async run(argv, io) {
    const options = { out: { type: 'string' }, signer: { type: 'string' }, json: { type: 'boolean' } } as const
    const { values, positionals } = parse(argv, options, usage)
    const [file] = positionals
    if (file === undefined || positionals.length > 1 || !values.out) throw usageError('Name one file and --out.', usage)
    const { tree, findings } = readDocument(await readInput(file, io.cwd))
    if (!isValid(findings)) {
      if (values.json) io.out(JSON.stringify({ file: null, level: null, certificate: null, findings }))
      else printFindings(file, 'cannot be signed', findings, io)
      return exit.no
    }
    const signer = await signerFor(io, values.signer)
    const signed = await signDocument(writeDocument(tree), signer, { signingTime: new Date() })
    await writeOutput(values.out, signed.bytes, io.cwd)
    const result = { file: values.out, level: 'XAdES-B', certificate: signed.certificateSha256 }
    io.out(values.json ? JSON.stringify(result) : `${values.out}: signed, XAdES-B, certificate ${result.certificate}`)
    return exit.yes
  },
}
export default command
