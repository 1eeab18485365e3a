import { findConnectors } from '../config/find-connectors.ts'
import type { GatewayConfig } from '../config/schema.ts'
import { isValid } from '../contract/index.ts'
import { settingFor } from '../data-folder.ts'
import { askRoute, type PointOf, type ShownTarget } from '../flow/ask-route.ts'
import { localDay } from '../support/local-time.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'route [--to CC] [--type-approval N] [--category C] [--maker M] [--on YYYY-MM-DD] [--json]'

/** How each access point of the configuration is spoken to; nothing is opened, and what cannot be told is left open. */
const pointsOf = async ({ accessPoints }: GatewayConfig): Promise<PointOf> => {
  const { accessPoints: connectors } = await findConnectors()
  return (name) => {
    const point = accessPoints.find((a) => a.name === name)
    if (!point) return undefined
    const connector = connectors.get(point.connector)
    const config = connector?.config.safeParse(point.config)
    const channel = connector && config?.success ? connector.delivery(config.data).channel : null
    return { via: point.connector, channel }
  }
}

const dayOf = (text: string | undefined, today: string): string => {
  if (text === undefined) return today
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
  if (!isDay) throw usageError(`--on must be a day such as ${today}.`, usage)
  return text
}

const ways: Readonly<Record<string, string>> = { drop: ', as a file', hand: ', by hand through its portal' }
const headline = ({ profile, accessPoint, environment, via, channel }: ShownTarget): string =>
  `${profile} document to ${accessPoint} (${environment}) via ${via ?? 'nothing configured'}${ways[channel ?? ''] ?? ''}`

/** Says which access points the documents of a vehicle would go to, on which day, and why. */
const command: Command = {
  where: 'here',
  summary: 'which access points, and why',
  usage,
  async run(argv, io) {
    const string = { type: 'string' } as const
    const options = { to: string, 'type-approval': string, category: string, maker: string, on: string }
    const { values, positionals } = parse(argv, { ...options, json: { type: 'boolean' } }, usage)
    const { to: destination, 'type-approval': typeApprovalNumber, category, maker } = values
    if (positionals.length > 0 || (destination === undefined && typeApprovalNumber === undefined))
      throw usageError('Name the destination, the type-approval number, or both.', usage)
    const { config } = await settingFor(io)
    const on = dayOf(values.on, localDay(new Date(), config.site.timeZone))
    const question = { destination, typeApprovalNumber, category, maker, on }
    const { targets, findings } = askRoute(question, config.routing, await pointsOf(config))
    if (values.json) io.out(JSON.stringify({ targets, findings, on }))
    else
      for (const t of targets) {
        io.out(headline(t))
        for (const reason of t.reasons) io.out(`  ${reason}`)
      }
    if (!values.json && findings.length > 0)
      printFindings(`route on ${on}`, isValid(findings) ? 'with remarks' : 'none', findings, io)
    return targets.length > 0 ? exit.yes : exit.no
  },
}
export default command
