import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { loadRules } from '../../../gateway/checks/load-rules.ts'
import { rulesPage } from '../../support/rules-page.ts'

const file = join(import.meta.dirname, '../../../docs/rules.md')

test('docs/rules.md lists the rules as they are (UPDATE_GOLDEN=1 writes it)', async (t) => {
  const page = rulesPage(await loadRules())
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, page)
  t.equal(readFileSync(file, 'utf8'), page)
})
