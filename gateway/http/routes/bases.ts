import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { readAnnouncements } from '../../base/read-announcements.ts'
import { isVin } from '../../base/vin-series.ts'
import type { Vin } from '../../contract/index.ts'
import type { TakenBase } from '../../flow/base/create-bases.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { badRequest, refusal } from '../problem.ts'
import { handoverOf, issueOf, readBaseView, type takenView } from '../views/base-view.ts'

const vin = z.string().refine(isVin, 'a VIN: 17 characters, without I, O and Q')
const short = z.string().trim().min(1).max(40)
export const announceBody = z.strictObject({
  vehicles: z
    .array(
      z.strictObject({
        vin,
        type: short.optional(),
        variant: short.optional(),
        version: short.optional().describe('Of the completing approval: says what budget is left'),
        note: z.string().trim().max(200).optional(),
      }),
    )
    .min(1)
    .max(5000),
})
export const retryBody = z.strictObject({ ecoc: z.string().max(64), target: z.string().max(40) })
export const handoverQuery = z.strictObject({ state: z.enum(['pending', 'done', 'failed']).optional() })

const mostListed = 500
const maxDocument = 8 * 1024 * 1024

/** @throws GatewayError API-050 */
const vinOf = (c: Context): Vin => {
  const text = (c.req.param('vin') ?? '').toUpperCase()
  if (!isVin(text)) throw refusal(404, 'API-050', `“${text.slice(0, 40)}” is no VIN.`)
  return text
}

const takenOf = (t: TakenBase): z.infer<typeof takenView> => ({
  ...{ ok: t.ok, vin: t.vin ?? null, origin: t.origin, sha256: t.sha256 ?? null, outcome: t.outcome ?? null },
  differences: (t.differences ?? []).map(({ path, was, is }) => ({ path, was: was ?? null, is: is ?? null })),
  findings: t.findings.map((f) => ({ ...f })),
  failures: [...t.failures],
})

/** Base eCoCs: what is known of a vehicle's, upload, retrieval, announced vehicles, corrections, hand-over. */
export const baseRoutes = ({ store, bases }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app
    .get('/bases/missing', needs('read'), async (c) => c.json({ missing: await bases.missing(mostListed) }))
    .get('/bases/issues', needs('read'), async (c) =>
      c.json({ issues: (await store.bases.openIssues(mostListed)).map(issueOf) }),
    )
    .get('/bases/refused', needs('read'), async (c) => {
      const rows = await store.bases.refused(mostListed)
      const refused = rows.map(({ origin, key, sha256, at, findings }) => ({
        ...{ origin, key, sha256, at, findings: JSON.parse(findings) as unknown },
      }))
      return c.json({ refused })
    })
    .post('/bases/announce', needs('operate'), limitBody(4 * 1024 * 1024), async (c) => {
      const actor = c.get('actor').name
      if (!/^text\/csv\b/.test(c.req.header('content-type') ?? '')) {
        const { vehicles } = await readJson(c, announceBody)
        await bases.announce(vehicles, actor)
        return c.json({ announced: vehicles.length })
      }
      const read = readAnnouncements(await c.req.text())
      const [fault] = read.faults
      if (fault !== undefined) throw badRequest('API-051', fault)
      await bases.announce(read.vehicles, actor)
      return c.json({ announced: read.vehicles.length })
    })
    .post('/bases', needs('operate'), limitBody(maxDocument), async (c) => {
      const actor = c.get('actor').name
      const taken = await bases.take(Buffer.from(await c.req.arrayBuffer()), `upload by ${actor}`, actor)
      return c.json(takenOf(taken), taken.ok ? 200 : 422)
    })
    .get('/bases/:vin', needs('read'), async (c) => {
      const of = vinOf(c)
      const budget = await bases.budget(of)
      return c.json(await readBaseView(store, of, budget ? { ...budget, lines: [...budget.lines] } : null))
    })
    .get('/bases/:vin/ivi.xml', needs('read'), async (c) => {
      const of = vinOf(c)
      const [kept] = await store.bases.ofVehicle(of)
      if (!kept) throw refusal(404, 'API-052', `No base eCoC of ${of} is kept.`)
      c.header('ETag', `"${kept.sha256}"`)
      c.header('Content-Disposition', `attachment; filename="${of}.base.xml"`)
      c.header('Content-Type', 'application/xml')
      return c.body(new Uint8Array(kept.bytes))
    })
    .post('/bases/:vin/retrieve', needs('operate'), async (c) => {
      const taken = await bases.retrieve(vinOf(c), c.get('actor').name)
      return c.json(takenOf(taken))
    })
    .post('/bases/:vin/close', needs('operate'), async (c) => {
      await bases.closeAnnouncement(vinOf(c), c.get('actor').name)
      return c.body(null, 204)
    })
    .get('/handovers', needs('read'), async (c) => {
      const { state } = readQuery(c, handoverQuery)
      return c.json({ handovers: (await store.bases.handovers(state, mostListed)).map(handoverOf) })
    })
    .post('/handovers/retry', needs('operate'), async (c) => {
      const only = await readJson(c, retryBody.partial(), {})
      const one =
        only.ecoc !== undefined && only.target !== undefined ? { ecoc: only.ecoc, target: only.target } : undefined
      return c.json({ retried: await bases.retryHandovers(c.get('actor').name, one) })
    })
  return app
}
