import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { test } from 'tap'
import { makeMapperSchema } from '../../../gateway/mapping/mapper-schema.ts'
import { sourceKinds } from '../../../gateway/mapping/sources/index.ts'
import { readSample, sampleFiles } from '../../../gateway/sandbox/samples/sample-files.ts'

const file = new URL('../../../docs/mapper.schema.json', import.meta.url)

test('the schema for editors is the one the mapper format makes', async (t) => {
  const style = await resolveConfig(fileURLToPath(file))
  const made = await format(JSON.stringify(makeMapperSchema()), { ...style, parser: 'json' })
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, made)
  t.equal(readFileSync(file, 'utf8'), made)
})

test('it knows every kind of value source and lets each have a condition', async (t) => {
  const { $defs } = makeMapperSchema() as { $defs: { source: { anyOf: { title: string; properties: object }[] } } }
  t.strictSame($defs.source.anyOf.map((kind) => kind.title).sort(), [...sourceKinds.keys()].sort())
  for (const kind of $defs.source.anyOf) t.hasProps(kind.properties, [kind.title, 'when'])
})

test('the samples tell editors where it is', async (t) => {
  for (const name of sampleFiles.mappers)
    t.match(
      readSample(name).toString(),
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/\.\.\/docs\/mapper\.schema\.json\n/,
      name,
    )
})
