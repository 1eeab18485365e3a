import { z } from 'zod'
import type { RecordFields } from '../contract/flow.ts'
import { failAt, validate } from '../mapping/validate.ts'
import { readYaml } from '../mapping/yaml-text.ts'

const fields: z.ZodType<RecordFields> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), fields, z.array(fields)])),
)
const name = z.string().min(1).max(200)
const file = z.string().min(1).max(500)
const expectation = z.strictObject({
  mapped: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  elements: z.record(z.string(), z.string()).optional(),
  absent: z.array(z.string()).optional(),
  findings: z.array(z.string()).optional(),
  facts: z.record(z.string(), z.string()).optional(),
})
const testCase = z.strictObject({
  name,
  record: fields,
  base: file.optional(),
  settings: z.record(z.string(), z.string()).optional(),
  expect: expectation,
})
/** `NAME.tests.yaml` beside a mapper: records in, and what must come out. All scalars are text, as in a mapper. */
const testFile = z.strictObject({ approvals: z.array(file).optional(), tests: z.array(testCase).min(1).max(1000) })

export type TestCase = z.infer<typeof testCase>
export type TestFile = z.infer<typeof testFile>

/**
 * Reads the text of a test file.
 * @throws GatewayError (config) MAP-001 to MAP-003 with the line
 */
export const readTestFile = (text: string, path: string): TestFile => {
  const yaml = readYaml(text)
  if ('problem' in yaml) return failAt(path, yaml.line, 'MAP-001', `This is no YAML the gateway reads: ${yaml.problem}`)
  return validate(testFile, yaml.value, yaml, path)
}
