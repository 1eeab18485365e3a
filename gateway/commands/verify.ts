import { verifyDocument } from '../signature/verify-document.ts'
import { trustAnchorsFor } from '../data-folder.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print.ts'

const usage = 'verify FILE [--trust FILE…] [--json]'

/** Says whether a document's signature is good and its signer trusted. */
const command: Command = {
  where: 'here',
  summary: 'signature and trust of a document',
  usage,
  async run(argv, io) {
    const options = { trust: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const
    const { values, positionals } = parse(argv, options, usage)
    const [file, ...more] = positionals
    if (file === undefined) throw usageError('Name a file.', usage)
    // `--trust a b`: what follows the document is a trust anchor too.
    const named = [...(values.trust ?? []), ...more]
    const trustAnchors =
      named.length > 0 ? await Promise.all(named.map((f) => readInput(f, io.cwd))) : await trustAnchorsFor(io)
    const { valid, level, signer, trust, signedAt, findings } = verifyDocument(await readInput(file, io.cwd), {
      trustAnchors,
    })
    const result = { valid, level: level ?? null, signer: signer ?? null, trust, signedAt: signedAt ?? null, findings }
    if (values.json) io.out(JSON.stringify(result))
    else {
      printFindings(file, valid ? 'verified' : 'NOT verified', findings, io)
      io.out(`  level ${level ?? '–'}, signer ${signer ?? '–'}, ${trust}, signed at ${signedAt ?? '–'}`)
    }
    return valid ? exit.yes : exit.no
  },
}
export default command
