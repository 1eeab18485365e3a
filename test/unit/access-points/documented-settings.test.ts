import { readFileSync } from 'node:fs'
import { test } from 'tap'
import { parse } from 'yaml'
import fileDrop from '../../../connectors/access-points/file-drop/access-point.ts'
import gbVca from '../../../connectors/access-points/gb-vca/access-point.ts'
import manual from '../../../connectors/access-points/manual/access-point.ts'
import noVegvesen from '../../../connectors/access-points/no-vegvesen/access-point.ts'

const page = readFileSync(new URL('../../../docs/access-points.md', import.meta.url), 'utf8')
/** A fingerprint cannot be told in an example. */
const fill = (yaml: string): string => yaml.replace('SHA256:…', `SHA256:${'A'.repeat(43)}`)

test('the settings shown in docs/access-points.md are settings', async (t) => {
  const block = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((m) => m[1] ?? '').find((b) => b.includes('gb-vca'))
  const shown = parse(fill(block ?? '')) as { connector: string; config: unknown }[]
  const kinds = [gbVca, noVegvesen, fileDrop, manual]
  t.same(
    shown.map((s) => s.connector),
    kinds.map((k) => k.name),
  )
  for (const [i, kind] of kinds.entries())
    t.match(kind.config.safeParse(shown[i]?.config), { success: true }, kind.name)
})
