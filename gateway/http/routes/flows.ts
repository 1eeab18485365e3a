import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { reportCsv } from '../../compare/report-csv.ts'
import { reportHtml } from '../../compare/report-html.ts'
import { modes } from '../../contract/index.ts'
import { ReceiptIndex } from '../../flow/modes/receipt-index.ts'
import { languages } from '../../ivi/coc/coc.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { refusal } from '../problem.ts'
import { flowViewOf, matchRateViewOf } from '../views/flow-view.ts'

export const languageQuery = z.strictObject({ language: z.enum(languages).default('en') })
export const modeBody = z.strictObject({ mode: z.enum(modes) })
const note = z.string().trim()
export const stepBody = z.strictObject({
  accessPoint: z.string().min(1).max(63),
  done: z.boolean().optional(),
  owner: note.max(200).optional(),
  date: z
    .string()
    .regex(/^(\d{4}-\d\d-\d\d)?$/, 'a day such as 2026-11-30, or nothing')
    .optional(),
  proof: note.max(2000).optional(),
})
const file = z.strictObject({ name: z.string().min(1).max(255), content: z.base64().describe('The bytes, Base64') })
export const earlierBody = z.strictObject({
  documents: z.array(file).min(1).max(500),
  receipts: z.array(file).max(2000).default([]),
  accepted: z.boolean().default(false).describe('Your word that all of them were accepted; it is audited'),
})

const small = limitBody(64 * 1024)
const large = limitBody(32 * 1024 * 1024)

/** The flows: how each is run, how it compares with the process before it, and its way to going live. */
export const flowRoutes = ({ flows, store }: HttpDeps): Hono<Env> => {
  const flowOf = (c: Context): string => c.req.param('flow') ?? ''
  const show = async (c: Context<Env>): Promise<Response> => c.json(flowViewOf(await flows.show(flowOf(c))))
  const attach = (c: Context<Env>, name: string, type: string, body: string | Buffer): Response => {
    c.header('Content-Disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '')}"`)
    c.header('Content-Type', type)
    return typeof body === 'string' ? c.body(body) : c.body(new Uint8Array(body))
  }
  const app = new Hono<Env>()
  app
    .get('/flows', needs('read'), async (c) => c.json({ items: await flows.list() }))
    .get('/flows/:flow', needs('read'), show)
    .get('/flows/:flow/mode', needs('read'), async (c) => c.json(await flows.mode(flowOf(c))))
    .post('/flows/:flow/mode', needs('admin'), small, async (c) => {
      const { mode } = await readJson(c, modeBody)
      return c.json(await flows.switchMode(flowOf(c), mode, c.get('actor').name))
    })
    .get('/flows/:flow/match-rate', needs('read'), async (c) => {
      const { language } = readQuery(c, languageQuery)
      return c.json(matchRateViewOf(flowOf(c), await flows.matchRate(flowOf(c)), language))
    })
    .get('/flows/:flow/match-rate.csv', needs('read'), async (c) => {
      const { comparison } = await flows.matchRate(flowOf(c))
      // Excel needs the mark to read UTF-8.
      return attach(c, `match-rate-${flowOf(c)}.csv`, 'text/csv; charset=utf-8', `\uFEFF${reportCsv(comparison)}`)
    })
    .get('/flows/:flow/match-rate.html', needs('read'), async (c) => {
      const { comparison } = await flows.matchRate(flowOf(c))
      const html = reportHtml(comparison, `Parallel run of ${flowOf(c)}`)
      return attach(c, `match-rate-${flowOf(c)}.html`, 'text/html; charset=utf-8', html)
    })
    .get('/flows/:flow/reports/:sha256', needs('read'), async (c) => {
      await flows.mode(flowOf(c))
      const report = await store.reports.get(c.req.param('sha256'))
      if (!report) throw refusal(404, 'API-022', 'There is no report of this hash.')
      return attach(c, report.name, report.content_type, report.bytes)
    })
    .post('/flows/:flow/earlier', needs('admin'), large, async (c) => {
      const body = await readJson(c, earlierBody)
      const bytesOf = (one: z.infer<typeof file>): Buffer => Buffer.from(one.content, 'base64')
      const index = new ReceiptIndex<Buffer>((bytes) => Promise.resolve(bytes))
      for (const receipt of body.receipts) index.add(bytesOf(receipt), bytesOf(receipt))
      const documents = body.documents.map((one) => ({ file: one.name, bytes: bytesOf(one) }))
      const input = { documents, receipts: index.find, accepted: body.accepted }
      return c.json({ documents: await flows.importEarlier(flowOf(c), input, c.get('actor').name) })
    })
    .post('/flows/:flow/steps/:step', needs('operate'), small, async (c) => {
      const body = await readJson(c, stepBody)
      await flows.noteStep(flowOf(c), c.req.param('step'), body, c.get('actor').name)
      return show(c)
    })
  return app
}
