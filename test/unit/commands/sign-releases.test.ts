import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/index.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { ivi21, ivi21Xsd } from '../ivi/ivi-21.ts'
import { openSandbox } from './command-fixture.ts'

test('ecoc sign takes every release of IVI that is here, and no other', async (t) => {
  const { folder, data, run } = await openSandbox(t)
  const tree = JSON.parse(JSON.stringify(sampleBaseTree(sampleVin(1)))) as IviTree
  ;(tree['Header'] as Record<string, string>)['IviVersionNumberXsd'] = '2.1'
  await writeFile(join(folder, 'a.xml'), writeDocument(tree, ivi21))
  await writeFile(join(folder, '21.xsd'), ivi21Xsd)
  t.match(await run('sign', 'a.xml', '--out', 'b.xml', '--json'), { code: 1, out: /IVI-014/ })
  const made = async () => (await data.tools.store.events.from(1, 1000)).filter((e) => e.type === 'signature.made')
  t.equal((await made()).length, 0)
  t.match(await run('schema', 'import', '21.xsd', '--profile', 'EU', '--release', '2.1', '--from', '2027-07-01'), {
    code: 0,
  })
  const signed = await run('sign', 'a.xml', '--out', 'b.xml', '--json')
  t.match(signed, { code: 0, out: /XAdES-B/ }, signed.out + signed.err)
  t.match(await run('verify', 'b.xml', '--json'), { code: 0, out: /"valid":true,"level":"XAdES-B"/ })
  t.match(await made(), [{ actor: 'command line' }])
})
