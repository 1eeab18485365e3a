import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { connectorPage } from '../../../gateway/config/connector-page.ts'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'

const file = join(import.meta.dirname, '../../../docs/connectors.md')

test('docs/connectors.md is what the schemas of the connectors say', async (t) => {
  const { sources } = await findConnectors()
  const page = connectorPage(sources.values())
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, page)
  t.equal(readFileSync(file, 'utf8'), page, 'UPDATE_GOLDEN=1 writes it anew')
  for (const { name } of sources.values()) t.match(page, `## ${name}: `)
})

test('every setting of a connector says what it is for', async (t) => {
  const { sources } = await findConnectors()
  const page = connectorPage(sources.values())
  const undescribed = page.split('\n').filter((line) => /^\| `.*\|  \|$/.test(line) && !/`[^`]*\.[^`]*`/.test(line))
  t.strictSame(undescribed, [])
})
