import { Hono } from 'hono'
import { LoginThrottle } from './auth/login-throttle.ts'
import type { HttpDeps } from './deps.ts'
import type { Env } from './env.ts'
import { authenticate } from './middleware/authenticate.ts'
import { allowHosts } from './middleware/origin.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { problem, problemOf } from './problem.ts'
import { accessPointRoutes } from './routes/access-points.ts'
import { auditRoutes } from './routes/audit.ts'
import { baseSheetRoutes } from './routes/base-sheets.ts'
import { baseRoutes } from './routes/bases.ts'
import { bulkRoutes } from './routes/bulk.ts'
import { ecocRoutes } from './routes/ecocs.ts'
import { eventRoutes } from './routes/events.ts'
import { flowRoutes } from './routes/flows.ts'
import { handInRoutes } from './routes/hand-in.ts'
import { healthRoutes } from './routes/health.ts'
import { mapperRoutes } from './routes/mappers.ts'
import { mergedRoutes } from './routes/merged.ts'
import { openapiRoutes } from './routes/openapi.ts'
import { printRoutes } from './routes/print.ts'
import { pushRoutes } from './routes/push.ts'
import { recordRoutes } from './routes/records.ts'
import { rejectionRoutes } from './routes/rejections.ts'
import { routingRoutes } from './routes/routing.ts'
import { sessionRoutes } from './routes/session.ts'
import { signOffRoutes } from './routes/sign-offs.ts'
import { signOffFileRoutes } from './routes/sign-off-files.ts'
import { sourceRoutes } from './routes/sources.ts'
import { summaryRoutes } from './routes/summary.ts'
import { trustRoutes } from './routes/trust.ts'
import { verbRoutes } from './routes/verbs.ts'
import { versionRoutes } from './routes/versions.ts'
import { weighingRoutes } from './routes/weighings.ts'
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
  const throttle = new LoginThrottle(deps.clock)
  app.route('/api/v1', sessionRoutes(deps, throttle))
  app.route('/api/v1', openapiRoutes(deps.version))
  // A source of calls has its own ways to prove who calls.
  app.route('/api/v1', pushRoutes(deps))
  app.use('/api/*', authenticate(deps))
  for (const routes of [
    ecocRoutes,
    printRoutes,
    versionRoutes,
    mergedRoutes,
    verbRoutes,
    signOffFileRoutes,
    weighingRoutes,
    bulkRoutes,
    routingRoutes,
    rejectionRoutes,
    handInRoutes,
    accessPointRoutes,
    baseRoutes,
    baseSheetRoutes,
    recordRoutes,
    flowRoutes,
    mapperRoutes,
    sourceRoutes,
    summaryRoutes,
    eventRoutes,
    auditRoutes,
    trustRoutes,
  ])
    app.route('/api/v1', routes(deps))

  app.route('/api/v1', signOffRoutes(deps, throttle))

  const ui = deps.uiFolder === undefined ? undefined : staticUi(deps.uiFolder)
  app.notFound((c) => {
    const page = c.req.method === 'GET' || c.req.method === 'HEAD' ? ui?.(c) : undefined
    if (page) return page
    const detail = `There is no ${c.req.method} ${c.req.path.slice(0, 200)}.`
    return problem(c, { status: 404, code: 'API-005', detail, hint: 'GET /api/v1/openapi.json lists what there is.' })
  })
  return app
}
