// slow: runs eslint over small programs
import { ESLint } from 'eslint'
import { test } from 'tap'

const root = new URL('../../../', import.meta.url).pathname
const eslint = new ESLint({ cwd: root })

/** What lint says of an import in a file of the house. */
const verdict = async (filePath: string, from: string): Promise<string[]> => {
  const [result] = await eslint.lintText(`import * as x from '${from}'\nexport const y = x\n`, { filePath })
  return result!.messages.filter((m) => m.ruleId === 'no-restricted-imports').map((m) => m.message)
}

test('lint holds the three arrows of the house', async (t) => {
  const refused = [
    ['gateway/mapping/map-record.ts', '../drift/compare-with-base.ts'],
    ['gateway/mapping/sources/field.ts', '../../checks/run-rules.ts'],
    ['gateway/submission/back-off.ts', '../store/store.ts'],
    ['gateway/signature/sign-document.ts', '../pipeline.ts'],
    ['gateway/intake/spool-item.ts', '../../connectors/folder/connector.ts'],
    ['connectors/folder/connector.ts', '../../gateway/store/store.ts'],
    ['connectors/access-points/eu-soap/post.ts', '../../../gateway/support/hash.ts'],
    ['ui/app.ts', '../gateway/contract/index.ts'],
    ['ui/app.ts', 'node:fs'],
  ] as const
  for (const [file, from] of refused) t.not((await verdict(file, from)).length, 0, `${file} must not import ${from}`)
  const allowed = [
    ['gateway/mapping/map-record.ts', '../contract/index.ts'],
    ['gateway/mapping/sources/field.ts', '../../ivi/catalogue.ts'],
    ['connectors/access-points/eu-soap/post.ts', '../../../gateway/contract/index.ts'],
    ['ui/app.ts', './common/route.ts'],
  ] as const
  for (const [file, from] of allowed) t.same(await verdict(file, from), [], `${file} may import ${from}`)
})
