import { Hono } from 'hono'
import type { HttpDeps } from './deps.ts'
import type { Env } from './env.ts'
import { authenticate } from './middleware/authenticate.ts'
import { allowHosts } from './middleware/origin.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { problem, problemOf } from './problem.ts'
import { auditRoutes } from './routes/audit.ts'
import { ecocRoutes } from './routes/ecocs.ts'
import { eventRoutes } from './routes/events.ts'
import { flowRoutes } from './routes/flows.ts'
import { healthRoutes } from './routes/health.ts'
import { mapperRoutes } from './routes/mappers.ts'
import { openapiRoutes } from './routes/openapi.ts'
import { printRoutes } from './routes/print.ts'
import { recordRoutes } from './routes/records.ts'
import { sessionRoutes } from './routes/session.ts'
import { summaryRoutes } from './routes/summary.ts'
import { trustRoutes } from './routes/trust.ts'
import { verbRoutes } from './routes/verbs.ts'
import { versionRoutes } from './routes/versions.ts'
import { staticUi } from './static-ui.ts'

/**
 * The HTTP side of the gateway: API, health and UI. It owns no port; `listen` serves it.
 *
 * @example
 * const app = createApp(deps)
 * const answer = await app.request('http://localhost/healthz')
 */
export const createApp = (deps: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.use(securityHeaders, allowHosts(deps.allowedHosts))
  app.onError((error, c) => {
    const p = problemOf(error)
    if (p.status >= 500) deps.log.error({ err: error, method: c.req.method, path: c.req.path }, 'a call failed')
    return problem(c, p)
  })

  app.route('/', healthRoutes(deps))
  // These two come before the log-in is asked for; whatever follows needs one.
  app.route('/api/v1', sessionRoutes(deps))
  app.route('/api/v1', openapiRoutes(deps.version))
  app.use('/api/*', authenticate(deps))
  for (const routes of [
    ecocRoutes,
    printRoutes,
    versionRoutes,
    verbRoutes,
    recordRoutes,
    flowRoutes,
    mapperRoutes,
    summaryRoutes,
    eventRoutes,
    auditRoutes,
    trustRoutes,
  ])
    app.route('/api/v1', routes(deps))

  const ui = deps.uiFolder === undefined ? undefined : staticUi(deps.uiFolder)
  app.notFound((c) => {
    const page = c.req.method === 'GET' || c.req.method === 'HEAD' ? ui?.(c) : undefined
    if (page) return page
    const detail = `There is no ${c.req.method} ${c.req.path.slice(0, 200)}.`
    return problem(c, { status: 404, code: 'API-005', detail, hint: 'GET /api/v1/openapi.json lists what there is.' })
  })
  return app
}
