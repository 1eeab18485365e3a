import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { languages } from '../../ivi/coc/coc.ts'
import { maxAttachmentBytes } from '../../sign-off/attachment-type.ts'
import type { Decider } from '../../sign-off/may-decide.ts'
import type { Finding } from '../../contract/index.ts'
import type { QueueLine } from '../../flow/sign-off/sign-off-desk.ts'
import type { LoginThrottle } from '../auth/login-throttle.ts'
import { isRole, may } from '../auth/roles.ts'
import { confirmPerson } from '../confirm-person.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { refusal } from '../problem.ts'
import { ecocItemOf } from '../views/ecoc-view.ts'
import { delegationOf, requestIn, signOffViewOf } from '../views/sign-off-view.ts'
import { findEcoc, idOf } from './ecocs.ts'
import { delegationBody, queueQuery, signOffBody } from './sign-off-schemas.ts'

export { signOffPaths } from './sign-off-schemas.ts'

/** Whether a role may sign off by itself. */
export const holdsRight = (role: string): boolean => isRole(role) && may(role, 'signOff')

/** Who calls, as the rules of the sign-off see it. */
export const deciderOf = (c: Context<Env>, confirmedBy?: Decider['confirmedBy']): Decider => {
  const { name, role, via } = c.get('actor')
  return {
    name,
    // No name of a person has a colon in it.
    isPerson: !name.startsWith('token:'),
    holdsRight: holdsRight(role),
    confirmedBy: confirmedBy ?? (via === 'token' ? 'token' : 'password'),
  }
}

const small = limitBody(64 * 1024)
export const languageQuery = z.strictObject({ language: z.enum(languages).default('en') })

const queueItem = ({ signOff: s, approvers, standing }: QueueLine) => {
  const findings = JSON.parse(s.findings) as Finding[]
  return {
    ...{ id: s.id, ecocId: s.ecoc_id, vin: s.vin, mapper: s.mapper, variant: requestIn(s.request).variant },
    ...{ requestedAt: s.requested_at, decision: s.decision, decidedAt: s.decided_at, approvers },
    headline: (findings.find((f) => f.severity === 'warning') ?? findings[0])?.message ?? '',
    ...{ findings: findings.length, remindedAt: s.reminded_at ?? null, escalatedAt: s.escalated_at ?? null },
    ...{ mayDecide: standing.mayDecide, whyNot: standing.whyNot },
  }
}

/** What waits for quality, the decision itself, and who decides for whom. */
export const signOffRoutes = (deps: HttpDeps, throttle: LoginThrottle): Hono<Env> => {
  const { store, signOffs, actions, clock } = deps
  /** The role, or somebody who let the caller decide for him. */
  const maySignOff: MiddlewareHandler<Env> = async (c, next) => {
    const { name, role } = c.get('actor')
    if (!holdsRight(role) && (await signOffs.delegatorsOf(name, holdsRight)).length === 0)
      throw refusal(403, 'API-011', `The role ${role} may not do this (signOff).`)
    await next()
  }
  const app = new Hono<Env>()
  app
    .get('/sign-offs', needs('read'), async (c) => {
      const { state } = readQuery(c, queueQuery)
      const lines = await signOffs.queue(state, deciderOf(c), holdsRight)
      return c.json({ items: lines.map(queueItem) })
    })
    .get('/ecocs/:id/sign-off', needs('read'), async (c) => {
      const { language } = readQuery(c, languageQuery)
      const ecoc = await findEcoc(store, idOf(c))
      const file = await signOffs.file(ecoc, deciderOf(c), holdsRight)
      if (!file) throw refusal(404, 'API-060', `No sign-off was asked for the eCoC of ${ecoc.vin}.`)
      return c.json(signOffViewOf(file, language))
    })
    .post('/ecocs/:id/sign-off', maySignOff, small, async (c) => {
      const id = idOf(c)
      const { confirmation, ...input } = await readJson(c, signOffBody)
      const confirmedBy = await confirmPerson(c, confirmation, deps, throttle)
      await actions.signOff(id, input, deciderOf(c, confirmedBy), holdsRight)
      return c.json(ecocItemOf(await findEcoc(store, id)))
    })
    .get('/sign-off/settings', needs('read'), async (c) => {
      const { reasons, requireReason } = signOffs.settings()
      const { name, role, via } = c.get('actor')
      const onBehalfOf = holdsRight(role) ? [] : await signOffs.delegatorsOf(name, holdsRight)
      return c.json({
        ...{ reasons, requireReason, maxAttachmentBytes },
        confirmation: via === 'session' ? 'password' : 'none',
        me: { name, mayDecide: holdsRight(role) || onBehalfOf.length > 0, onBehalfOf },
      })
    })
    .get('/sign-off/delegations', needs('read'), async (c) =>
      c.json({ items: (await signOffs.delegations()).map((d) => delegationOf(d, clock())) }),
    )
    .post('/sign-off/delegations', needs('signOff'), small, async (c) => {
      const { confirmation, ...input } = await readJson(c, delegationBody)
      await confirmPerson(c, confirmation, deps, throttle)
      return c.json(delegationOf(await signOffs.delegate(input, c.get('actor').name), clock()), 201)
    })
    .delete('/sign-off/delegations/:delegation', needs('signOff'), async (c) => {
      await signOffs.endDelegation(c.req.param('delegation'), c.get('actor').name)
      return c.body(null, 204)
    })
  return app
}
