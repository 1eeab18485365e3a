import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { readApprovals } from '../approvals/read-approvals.ts'
import { type ApprovalData, GatewayError, type IviTree } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import { mapRecord } from '../mapping/map-record.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { nodeAt, parseTarget } from '../mapping/target.ts'
import { readAnyRelease, situationOf } from './situation.ts'
import { readTestFile, type TestCase } from './test-format.ts'

export interface TestResult {
  readonly name: string
  readonly ok: boolean
  /** What is not as expected; empty when it is. */
  readonly problems: readonly string[]
}

/** The test file beside a mapper file: `sage-x3.yaml` → `sage-x3.tests.yaml`. */
export const testFileOf = (mapperFile: string): string => mapperFile.replace(/\.ya?ml$/, '.tests.yaml')

const readBeside = async (testFile: string, name: string): Promise<Buffer> => {
  const path = resolve(dirname(testFile), name)
  try {
    return await readFile(path)
  } catch (cause) {
    throw new GatewayError({
      kind: 'config',
      code: 'WRK-001',
      message: `${testFile} names ${name}, which cannot be read: ${(cause as Error).message}`,
      hint: 'File names are relative to the test file.',
      cause,
    })
  }
}

const valueAtPlace = (tree: IviTree, place: string): string | undefined | { readonly problem: string } => {
  const target = parseTarget(place)
  if ('problem' in target) return { problem: `${target.problem} ${target.hint}`.trim() }
  const node = nodeAt(tree, target)
  return typeof node === 'string' ? node : node === undefined ? undefined : '(a group)'
}

const judge = ({ expect }: TestCase, { model, findings, partial }: ReturnType<typeof mapRecord>): string[] => {
  const tree = model?.tree ?? partial?.tree ?? {}
  const problems: string[] = []
  const codes = findings.map((f) => f.code)
  // Who expects findings need not say that it cannot be mapped.
  const mapped = expect.mapped ?? (expect.findings === undefined ? true : undefined)
  if (mapped !== undefined && mapped !== (model !== undefined))
    problems.push(mapped ? `It is not mapped: ${findings[0]?.message ?? ''}` : 'It is mapped.')
  for (const [place, wanted] of Object.entries(expect.elements ?? {})) {
    const value = valueAtPlace(tree, place)
    if (typeof value === 'object') problems.push(value.problem)
    else if (value !== wanted) problems.push(`${place} is ${value ?? 'absent'}, not ${wanted}.`)
  }
  for (const place of expect.absent ?? []) {
    const value = valueAtPlace(tree, place)
    if (typeof value === 'object') problems.push(value.problem)
    else if (value !== undefined) problems.push(`${place} is ${value}, where nothing is expected.`)
  }
  for (const [name, wanted] of Object.entries(expect.facts ?? {})) {
    const value = model?.facts[name]
    if (value !== wanted) problems.push(`The fact ${name} is ${value ?? 'absent'}, not ${wanted}.`)
  }
  if (expect.findings !== undefined && [...expect.findings].sort().join() !== [...codes].sort().join())
    problems.push(`The findings are ${codes.join(', ') || 'none'}, not ${expect.findings.join(', ') || 'none'}.`)
  return problems
}

/**
 * Runs the test cases stored beside a mapper. Master data and base eCoC come from the files that a case names, else from
 * what the gateway knows.
 * @returns one result for each case; none when there is no test file
 * @throws GatewayError MAP-001 to MAP-003 for a test file that cannot be read, WRK-001 for a file it names
 */
export const runTests = async (mapper: Mapper, testFile: string, tools: Tools): Promise<readonly TestResult[]> => {
  let text: string
  try {
    text = await readFile(testFile, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const { approvals: files, tests } = readTestFile(text, testFile)
  let approvals: ApprovalData[] | undefined
  for (const name of files ?? []) {
    const read = readApprovals(await readBeside(testFile, name), name)
    approvals = [...(approvals ?? []), ...read.approvals]
  }
  const results: TestResult[] = []
  for (const one of tests) {
    const base =
      one.base === undefined ? undefined : { tree: readAnyRelease(await readBeside(testFile, one.base), tools) }
    const { settings } = one
    const situation = await situationOf(mapper, one.record, tools, { approvals, base, settings })
    const problems = judge(one, mapRecord(situation.mapper, { ...situation, fields: one.record }))
    results.push({ name: one.name, ok: problems.length === 0, problems })
  }
  return results
}
