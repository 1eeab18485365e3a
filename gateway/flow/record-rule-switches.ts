import type { RuleSwitch } from '../checks/switch-rules.ts'
import { event, upsert, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import type { Tools } from './tools.ts'

const key = 'rules.switched'

/** Writes into the audit which rules the configuration switches, when that differs from what was last in force. */
export const recordRuleSwitches = async ({ store, clock, config }: Pick<Tools, 'store' | 'clock' | 'config'>) => {
  const before = JSON.parse((await store.settings.get(key)) ?? '[]') as readonly RuleSwitch[]
  const now: readonly RuleSwitch[] = config.checks.rules
  const text = ({ code, severity, reason }: RuleSwitch): string => JSON.stringify([code, severity, reason])
  const [known, wanted] = [new Set(before.map(text)), new Set(now.map(text))]
  const at = instant(clock())
  const told = (subject: string, detail: Readonly<Record<string, string>>): Write =>
    event({ at, actor: 'gateway', type: 'rule.switched', subject, detail })
  const back = before.filter(({ code }) => !now.some((one) => one.code === code))
  const writes = [
    ...now.filter((one) => !known.has(text(one))).map(({ code, severity, reason }) => told(code, { severity, reason })),
    ...back.map(({ code }) => told(code, { severity: 'as written' })),
  ]
  if (writes.length === 0 && known.size === wanted.size) return
  await store.commit([...writes, upsert('setting', { key, value: JSON.stringify(now) })])
}
