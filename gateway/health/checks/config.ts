import type { HealthCheck } from '../health-check.ts'

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

/** Says what was loaded; a configuration that cannot be used never gets as far as this. */
const check: HealthCheck = {
  check: 'config',
  run({ config, sources, accessPoints, mappers }) {
    const about = [
      config.site.name,
      count(sources.size, 'source'),
      count(accessPoints.size, 'access point'),
      count(mappers.size, 'mapper'),
    ].join(', ')
    return Promise.resolve([{ about, ok: true }])
  },
}
export default check
