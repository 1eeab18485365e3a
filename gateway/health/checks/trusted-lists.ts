import { listStatus } from '../../certificates/import-lists.ts'
import { listFindings } from '../../certificates/list-view.ts'
import type { HealthCheck } from '../health-check.ts'

/** Trusted lists that were imported must be trusted and not past their next update. A site without any needs none. */
const check: HealthCheck = {
  check: 'trusted list',
  async run(tools) {
    return (await listStatus(tools)).map((list) => {
      const about = list.kind === 'list' ? list.territory : `${list.territory}, list of lists`
      const [finding] = listFindings(list)
      if (!finding) return { about: `${about}, issued ${list.ageDays} days ago`, ok: true as const }
      const suggestion =
        'Import the newest lists: ecoc trust import FILE…, or ecoc trust fetch. Signing goes on meanwhile.'
      return { about, ok: false as const, issue: finding.message, suggestion }
    })
  },
}
export default check
