import type { HealthCheck, HealthFinding } from '../health-check.ts'

/** Settings that nobody has confirmed are assumptions: they must not go unnoticed into production. */
const check: HealthCheck = {
  check: 'access point profile',
  run: ({ accessPoints }) =>
    Promise.resolve(
      [...accessPoints.values()].flatMap(({ name, connector, config }): (HealthFinding & { about: string })[] => {
        const standing = connector.standing?.(config)
        if (!standing) return []
        if (standing.verified) return [{ about: name, ok: true }]
        const issue = `The profile ${standing.profile} (${standing.authority}) is unverified: ${standing.note}`
        const suggestion = `Compare it with the operator's interface description, test it at the acceptance environment, then set config.confirmed (ecoc access-point show ${standing.profile}).`
        return [{ about: name, ok: false, issue, suggestion }]
      }),
    ),
}
export default check
