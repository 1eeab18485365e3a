import type { OpenData } from '../data-folder.ts'
import { createActions } from '../flow/actions/create-actions.ts'
import { createSignOffDesk, type SignOffDesk } from '../flow/sign-off/sign-off-desk.ts'
import { holdsRight } from '../http/routes/sign-offs.ts'
import { signOffViewOf } from '../http/views/sign-off-view.ts'
import { languages } from '../ivi/coc/coc.ts'
import { pipeline } from '../pipeline.ts'
import { renderHtml } from '../print/render-html.ts'
import { renderPdf } from '../print/render-pdf.ts'
import type { Decider } from '../sign-off/may-decide.ts'
import { makeProtocol } from '../sign-off/protocol.ts'
import type { EcocRow } from '../store/tables.ts'
import { version } from '../support/version.ts'
import { parse, usageError, writeOutput } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { nobody, personOf } from './token-holder.ts'

const usage =
  'sign-off list|show VIN|approve VIN|refuse VIN|reweigh VIN|protocol VIN [--token-file F] [--shown SHA256] [--reason R] [--comment C] [--out F] [--language L] [--json]'
const decisions = ['approve', 'refuse', 'reweigh'] as const

const desk = ({ tools }: OpenData): SignOffDesk => createSignOffDesk(tools, pipeline[0]?.name ?? '')

/** The eCoC of a VIN that waits, or the newest. */
const ecocOf = async (vin: string, { tools }: OpenData): Promise<EcocRow> => {
  const rows = await tools.store.ecocs.list({ vin, limit: 100 })
  const found = rows.find((e) => e.state === 'awaiting_signoff') ?? rows[0]
  if (!found) throw usageError(`There is no eCoC of ${vin.slice(0, 64)}.`, usage)
  return found
}

const list = async (io: Io, data: OpenData, who: Decider, json: boolean): Promise<number> => {
  const lines = await desk(data).queue('open', who, holdsRight)
  const items = lines.map(({ signOff, approvers }) => {
    return { vin: signOff.vin, ecocId: signOff.ecoc_id, requestedAt: signOff.requested_at, approvers }
  })
  if (json) io.out(JSON.stringify(items))
  else for (const i of items) io.out(`${i.vin}  since ${i.requestedAt}  ${i.approvers.given} of ${i.approvers.needed}`)
  if (!json && items.length === 0) io.out('Nothing waits for a sign-off.')
  return exit.yes
}

/** What waits for quality; deciding needs a token that is bound to a person. */
const command: Command = {
  where: 'data',
  summary: 'shows what waits for quality, decides on it, prints its protocol',
  usage,
  async run(argv, io, data) {
    const text = { type: 'string' } as const
    const { values, positionals } = parse(
      argv,
      {
        ...{ 'token-file': text, shown: text, reason: text, comment: text, out: text, language: text },
        json: { type: 'boolean' },
      },
      usage,
    )
    const [verb = '', vin = '', ...rest] = positionals
    const tokenFile = values['token-file']
    const who = tokenFile === undefined ? nobody : await personOf(tokenFile, io, data)
    if (verb === 'list' && vin === '') return list(io, data, who, values.json === true)
    if (vin === '' || rest.length > 0) throw usageError('Say what, and name one VIN.', usage)
    const language = languages.find((l) => l === (values.language ?? 'en'))
    if (!language) throw usageError(`Languages are: ${languages.join(', ')}.`, usage)
    const ecoc = await ecocOf(vin, data)
    const decision = decisions.find((d) => d === verb)
    if (decision) {
      if (tokenFile === undefined) throw usageError('A decision is a person’s: give --token-file.', usage)
      const open = await data.tools.store.signOffs.open(ecoc.id)
      if (values.shown === undefined) throw usageError('Name what you looked at: --shown, as `show` prints it.', usage)
      const input = {
        ...{ decision, comment: values.comment ?? '', reason: values.reason, shownSha256: values.shown },
        documentSha256: open?.document_sha256 ?? '',
      }
      await createActions(data.tools, data.connectors.codecs, pipeline[0]?.name ?? '').signOff(
        ecoc.id,
        input,
        who,
        holdsRight,
      )
      const state = (await data.tools.store.ecocs.get(ecoc.id))?.state ?? ecoc.state
      io.out(values.json ? JSON.stringify({ ecocId: ecoc.id, state }) : `${vin}: ${state}`)
      return exit.yes
    }
    const file = await desk(data).file(ecoc, who, holdsRight)
    if (!file) throw usageError(`No sign-off was asked for ${vin}.`, usage)
    const view = signOffViewOf(file, language)
    if (verb === 'show') {
      io.out(values.json ? JSON.stringify(view) : shownText(view))
      return exit.yes
    }
    if (verb !== 'protocol') throw usageError(`There is no ${verb}.`, usage)
    const { out } = values
    if (out === undefined) throw usageError('Say where to: --out FILE.html or FILE.pdf.', usage)
    const reasons = new Map(data.tools.config.signOff.reasons.map((r) => [r.code, r.text]))
    const form = makeProtocol(view, language, reasons, version)
    const bytes = out.endsWith('.pdf') ? await renderPdf(form) : Buffer.from(renderHtml(form))
    await writeOutput(out, bytes, io.cwd)
    io.out(values.json ? JSON.stringify({ file: out }) : out)
    return exit.yes
  },
}
export default command

const shownText = (view: ReturnType<typeof signOffViewOf>): string =>
  [
    `${view.vin}: ${view.decision ?? 'waits'}, ${view.approvers.given} of ${view.approvers.needed} approvals`,
    ...view.lines.map((l) => `  ${l.code}  ${l.message}`),
    ...view.contributors.map((c) => `  ${c.name} ${c.what}`),
    ...view.attachments.map((a) => `  attached: ${a.name} (${a.sha256})`),
    `  --shown ${view.shownSha256 ?? ''}`,
  ].join('\n')
