import { Hono } from 'hono'
import { z } from 'zod'
import { weighingInput } from '../../sign-off/weighing-input.ts'
import type { WeighingRow } from '../../store/tables.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { historyOfView, historyView } from '../views/sign-off-view.ts'

const vinQuery = weighingInput.pick({ vin: true })
const trendQuery = z.strictObject({ variant: z.string().min(1).max(200).optional() })
const weighingView = z.strictObject({
  ...weighingInput.shape,
  ...{ id: z.string(), recordedBy: z.string(), at: z.string() },
})
const recordedView = z.strictObject({
  weighing: weighingView,
  replayed: z.array(z.string()).describe('eCoCs that are judged anew with it'),
})
const trendsView = z.union([
  z.strictObject({
    items: z.array(
      z.strictObject({
        ...{ variant: z.string(), field: z.string(), alert: z.boolean(), shift: z.number(), count: z.number().int() },
        ...{ mean: z.number(), recentMean: z.number(), latest: z.string() },
      }),
    ),
  }),
  z.strictObject({ variant: z.string(), fields: z.array(historyView) }),
])

const viewOf = ({ id, vin, data, recorded_by, at }: WeighingRow): z.infer<typeof weighingView> => ({
  ...{ id, vin, ...(JSON.parse(data) as { grossMass: string }) },
  ...{ recordedBy: recorded_by, at },
})

/** Weighings that are recorded apart from the record, and the drift of variants over their last vehicles. */
export const weighingRoutes = ({ store, signOffs }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app
    .get('/weighings', needs('read'), async (c) => {
      const { vin } = readQuery(c, vinQuery)
      return c.json({ items: (await store.weighings.of(vin)).map(viewOf) })
    })
    .post('/weighings', needs('operate'), limitBody(16 * 1024), async (c) => {
      const { row, replayed } = await signOffs.weigh(await readJson(c, weighingInput), c.get('actor').name)
      return c.json({ weighing: viewOf(row), replayed }, 201)
    })
    .get('/drift/trends', needs('read'), async (c) => {
      const { variant } = readQuery(c, trendQuery)
      if (variant !== undefined)
        return c.json({ variant, fields: (await signOffs.history(variant)).map(historyOfView) })
      const lines = await signOffs.trends()
      return c.json({
        items: lines.map(({ variant: of, field, alert, shift, count, mean, recentMean, latest }) => {
          return { variant: of, field, alert, shift, count, mean, recentMean, latest }
        }),
      })
    })
  return app
}

const tags = ['Sign-off']
export const weighingPaths: Paths = {
  '/api/v1/weighings': {
    get: {
      operationId: 'listWeighings',
      summary: 'The weighings of a VIN, newest first',
      tags,
      'x-permission': 'read',
      parameters: queryParameters(vinQuery),
      responses: {
        200: jsonAnswer('The weighings', schemaOf(z.strictObject({ items: z.array(weighingView) }))),
        ...problems(400, 401, 403),
      },
    },
    post: {
      operationId: 'recordWeighing',
      summary: 'Records a weighing; what is not signed yet of that VIN is judged anew',
      tags,
      'x-permission': 'operate',
      requestBody: jsonBody(weighingInput),
      responses: {
        201: jsonAnswer('The weighing', schemaOf(recordedView)),
        ...problems(400, 401, 403, 409, 413, 415),
      },
    },
  },
  '/api/v1/drift/trends': {
    get: {
      operationId: 'driftTrends',
      summary: 'How far the last hundred vehicles of a variant were off; without a variant, every one and what moved',
      tags,
      'x-permission': 'read',
      parameters: queryParameters(trendQuery),
      responses: { 200: jsonAnswer('The trends', schemaOf(trendsView)), ...problems(400, 401, 403) },
    },
  },
}
