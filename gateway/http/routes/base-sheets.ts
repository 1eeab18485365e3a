import { Hono } from 'hono'
import { z } from 'zod'
import { makeEntry } from '../../approvals/entry.ts'
import type { Finding } from '../../contract/index.ts'
import { findSheet } from '../../flow/base/data-sheets.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env } from '../env.ts'
import { readJson } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { refusal } from '../problem.ts'
import { readSheetView, sheetOf } from '../views/base-view.ts'

const vins = z.array(z.string().max(60)).max(500)
export const sheetBody = z.strictObject({
  approval: z.string().max(60).describe('Number with extension'),
  type: z.string().max(15),
  variant: z.string().max(25),
  version: z.string().max(35),
  values: z.record(z.string(), z.unknown()).describe('By IVI element, in the shape of the document'),
  vins: vins.default([]).describe('VINs, or ranges as FIRST-LAST'),
})
export const decisionBody = z.strictObject({
  decision: z.enum(['confirm', 'refuse', 'withdraw']),
  comment: z.string().trim().max(2000).default(''),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of the data that was shown'),
})
export const vinsBody = z.strictObject({ vins: vins.min(1) })

const small = limitBody(1024 * 1024)
const withScan = limitBody(20 * 1024 * 1024 + 1024)

const faultOf = (code: string, path: readonly (string | number)[], message: string): Finding => ({
  ...{ code, layer: 'base', severity: 'error', path: `/${path.join('/')}`, message },
})

/** Base data sheets: typed once, confirmed by somebody else, standing in where no eCoC can be had. */
export const baseSheetRoutes = ({ store, bases }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  const shown = async (id: string) => readSheetView(store, await findSheet(id, { store }))
  app
    .get('/base-sheets', needs('read'), async (c) => c.json({ sheets: (await store.bases.sheets(500)).map(sheetOf) }))
    .post('/base-sheets', needs('operate'), small, async (c) => {
      const { vins: list, ...typed } = await readJson(c, sheetBody)
      const faults: Finding[] = []
      const report = (code: string, path: readonly (string | number)[], message: string) =>
        void faults.push(faultOf(code, path, message))
      // A sheet is of one vehicle type as it was built: it has no day from which it holds.
      const data = makeEntry({ ...typed, validFrom: '2000-01-01' }, report)
      if (!data) return c.json({ id: null, findings: faults }, 422)
      const { id, findings } = await bases.enterSheet(data, list, c.get('actor').name)
      return c.json({ id: id ?? null, findings }, id === undefined ? 422 : 201)
    })
    .get('/base-sheets/:id', needs('read'), async (c) => c.json(await shown(c.req.param('id'))))
    .post('/base-sheets/:id/vins', needs('operate'), small, async (c) => {
      const { vins: list } = await readJson(c, vinsBody)
      await bases.addVins(c.req.param('id'), list, c.get('actor').name)
      return c.json(await shown(c.req.param('id')))
    })
    .post('/base-sheets/:id/decide', needs('signOff'), small, async (c) => {
      const decision = await readJson(c, decisionBody)
      await bases.decideSheet(c.req.param('id'), decision, c.get('actor').name)
      return c.json(await shown(c.req.param('id')))
    })
    .post('/base-sheets/:id/scan', needs('operate'), withScan, async (c) => {
      const name = (c.req.header('file-name') ?? 'scan').replace(/[^\w. -]/g, '_').slice(0, 100)
      const bytes = Buffer.from(await c.req.arrayBuffer())
      await bases.attachScan(c.req.param('id'), name, bytes, c.get('actor').name)
      return c.json(await shown(c.req.param('id')))
    })
    .get('/base-sheets/:id/scan', needs('read'), async (c) => {
      const scan = await store.bases.scan(c.req.param('id'))
      if (!scan) throw refusal(404, 'API-053', 'This data sheet has no scan.')
      c.header('ETag', `"${scan.sha256}"`)
      c.header('Content-Disposition', `attachment; filename="${scan.name}"`)
      c.header('Content-Type', scan.content_type)
      return c.body(new Uint8Array(scan.bytes))
    })
  return app
}
