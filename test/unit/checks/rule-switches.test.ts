import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import type { RuleSwitch } from '../../../gateway/checks/switch-rules.ts'
import { loadConfig, parseConfig } from '../../../gateway/config/load-config.ts'
import { recordRuleSwitches } from '../../../gateway/flow/record-rule-switches.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { change, sample } from './rules-sample.ts'

const example = await readFile(new URL('../../../deploy/gateway.example.yaml', import.meta.url), 'utf8')
const reason = 'The plant measures otherwise.'
const yaml = (...lines: string[]): string =>
  `${example}\nchecks:\n  rules:\n${lines.map((line) => `    - { ${line} }\n`).join('')}`
const bad = change(sample(), { 'MassGroup/ActualMass': '7501' })

test('a switched rule is softer and says why; one that is off is silent', async (t) => {
  const of = async (...switches: RuleSwitch[]) =>
    (await createRules(switches)).check(bad).filter(({ code }) => code === 'CHK-MASS-002')
  t.match(await of(), [{ severity: 'error' }])
  const [finding] = await of({ code: 'CHK-MASS-002', severity: 'warning', reason })
  t.match(finding, { severity: 'warning', params: { switched: reason } })
  t.same(await of({ code: 'CHK-MASS-002', severity: 'off', reason }), [])
})

test('the configuration names the rule, the severity and a reason', async (t) => {
  const folder = await tempFolder(t)
  const load = async (...lines: string[]) => {
    await writeFile(join(folder, 'gateway.yaml'), yaml(...lines))
    return (await loadConfig(folder)).config.checks.rules
  }
  t.same(await load(`code: CHK-MASS-002, severity: off, reason: ${reason}`), [
    { code: 'CHK-MASS-002', severity: 'off', reason },
  ])
  t.same(parseConfig(example, 'gateway.yaml').checks.rules, [], 'nothing is switched unless told')
  await t.rejects(load('code: CHK-MASS-002, severity: off'), { code: 'CFG-003' }, 'without a reason')
  await t.rejects(load(`code: CHK-MASS-002, severity: error, reason: x`), { code: 'CFG-003' })
  const one = 'code: CHK-MASS-002, severity: off, reason: x'
  await t.rejects(load(one, one), { code: 'CFG-003', message: /switched twice/ })
  await t.rejects(load('code: CHK-MAS-002, severity: off, reason: x'), {
    code: 'CFG-016',
    message: /checks\.rules\.0: there is no rule CHK-MAS-002/,
    hint: /Did you mean "CHK-MASS-002"\?/,
  })
  await t.rejects(load('code: SCH-MISSING, severity: off, reason: x'), { code: 'CFG-016' }, 'never the schema')
  await t.rejects(load('code: CHK-VIN-002, severity: warning, reason: x'), { code: 'CFG-016', message: /already/ })
})

test('a switch stands in the audit once, when it changes', async (t) => {
  const store = new Store(await openSqlite(await tempFolder(t)))
  t.teardown(() => store.close())
  const start = (...rules: RuleSwitch[]) => {
    const config = { ...parseConfig(example, 'x'), checks: { rules } }
    return recordRuleSwitches({ store, config, clock: () => new Date('2026-11-22T10:00:00Z') })
  }
  const told = async (): Promise<string[]> =>
    (await store.events.from(0, 100)).map(({ type, subject, detail }) => `${type} ${subject} ${detail}`)
  await start()
  t.same(await told(), [])
  const soft = { code: 'CHK-MASS-002', severity: 'warning', reason } as const
  await start(soft)
  await start(soft)
  t.same(await told(), [`rule.switched CHK-MASS-002 ${JSON.stringify({ severity: 'warning', reason })}`])
  await start({ ...soft, severity: 'off' })
  await start()
  t.match((await told()).slice(1), [/"off"/, /^rule\.switched CHK-MASS-002 .*as written/])
})
