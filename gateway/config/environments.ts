import { didYouMean } from '../mapping/did-you-mean.ts'
import type { RoutingTable } from '../routing/routing-table.ts'

interface Declared {
  readonly accessPoints: readonly {
    readonly name: string
    readonly environment: string
    readonly testOf?: string | undefined
  }[]
  readonly routing: RoutingTable
}
interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Every access point that routing names, with where it names it. */
const routed = ({ accessPoints, rules, otherwise }: RoutingTable): readonly (readonly [Fault['path'], string])[] => [
  ...accessPoints.map((a, i) => [['routing', 'accessPoints', i, 'accessPoint'], a.accessPoint] as const),
  ...rules.map((r, i) => [['routing', 'rules', i, 'accessPoint'], r.accessPoint] as const),
  ...(otherwise === undefined ? [] : [[['routing', 'otherwise'], otherwise] as const]),
]

/**
 * What is wrong with the environments: live documents go to access points of one environment, and test documents only to
 * those that are declared for tests. The two never mix, whatever else is misconfigured.
 */
export const environmentFaults = ({ accessPoints, routing }: Declared): Fault[] => {
  const faults: Fault[] = []
  const live = new Set(accessPoints.filter((a) => a.testOf === undefined).map((a) => a.name))
  if (accessPoints.some((a) => a.testOf === undefined && a.environment !== routing.environment))
    faults.push({
      path: ['routing', 'environment'],
      message: 'every access point must be of this environment: test documents never go to a production access point',
    })
  const tested = new Set<string>()
  for (const [i, { environment, testOf }] of accessPoints.entries()) {
    if (testOf === undefined) continue
    const wanted = routing.environment === 'sandbox' ? 'sandbox' : 'acceptance'
    if (environment !== wanted)
      faults.push({
        path: ['accessPoints', i, 'environment'],
        message: `an access point for tests must be ${wanted} here`,
      })
    if (!live.has(testOf))
      faults.push({
        path: ['accessPoints', i, 'testOf'],
        message: `there is no access point "${testOf}" to stand in for`,
      })
    if (tested.has(testOf))
      faults.push({ path: ['accessPoints', i, 'testOf'], message: `another one stands in for "${testOf}" already` })
    tested.add(testOf)
  }
  const forTests = new Set(accessPoints.filter((a) => a.testOf !== undefined).map((a) => a.name))
  for (const [path, name] of routed(routing))
    if (forTests.has(name))
      faults.push({ path, message: `"${name}" is for tests: routing names the one it stands in for` })
    else if (!live.has(name))
      faults.push({ path, message: `there is no access point "${name}".${didYouMean(name, live)}` })
  return faults
}
