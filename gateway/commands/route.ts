import { isValid } from '../contract/index.ts'
import { settingFor } from '../data-folder.ts'
import { routeTargets } from '../routing/route-targets.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'route [--to CC] [--type-approval N] [--json]'

/** Says which access point a document would go to, and why. */
const command: Command = {
  where: 'here',
  summary: 'which access point, and why',
  usage,
  async run(argv, io) {
    const string = { type: 'string' } as const
    const { values, positionals } = parse(
      argv,
      { to: string, 'type-approval': string, json: { type: 'boolean' } },
      usage,
    )
    const { to: destination, 'type-approval': typeApprovalNumber } = values
    if (positionals.length > 0 || (destination === undefined && typeApprovalNumber === undefined))
      throw usageError('Name the destination, the type-approval number, or both.', usage)
    const { config } = await settingFor(io)
    const { targets, findings } = routeTargets({ typeApprovalNumber, destination, table: config.routing })
    const via = new Map(config.accessPoints.map((a) => [a.name, a.connector]))
    const shown = targets.map((t) => ({ ...t, via: via.get(t.accessPoint) ?? null }))
    if (values.json) io.out(JSON.stringify({ targets: shown, findings }))
    else
      for (const t of shown) {
        io.out(`${t.profile} document to ${t.accessPoint} (${t.environment}) via ${t.via ?? 'nothing configured'}`)
        for (const reason of t.reasons) io.out(`  ${reason}`)
      }
    if (!values.json && findings.length > 0)
      printFindings('route', isValid(findings) ? 'with remarks' : 'none', findings, io)
    return targets.length > 0 ? exit.yes : exit.no
  },
}
export default command
