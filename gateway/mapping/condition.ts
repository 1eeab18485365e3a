import { z } from 'zod'
import { Cell } from './draft.ts'
import { ExpressionFault } from './expressions/fault.ts'
import type { Compiling, Evaluation, Run } from './sources/source.ts'
import { unmappable } from './sources/source.ts'
import { nodeAt } from './target.ts'
import type { YamlPath } from './yaml-text.ts'

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])

/** `when: { category: N2, stage: [V, C] }` or `when: 'record.BODY != "BA"'`. */
export const conditionFormat = z.union([
  z.string().min(1),
  z.strictObject({ category: oneOrMore.optional(), stage: oneOrMore.optional() }),
])

type Test = (run: Run) => boolean

/** The document's own element decides; it is mapped before, whatever the order in the file. */
const oneOf = (elementName: string, wanted: string | readonly string[], compiling: Compiling, at: YamlPath): Test => {
  const target = compiling.target(elementName)
  const values = [wanted].flat()
  for (const value of values) {
    const problem = target.element.problemOf(value)
    if (problem) compiling.fail('MAP-008', `"${value}" does not fit ${elementName}: ${problem.message}`, undefined, at)
  }
  compiling.reads(elementName)
  const set = new Set(values)
  return (run) => {
    const node = nodeAt(run.draft, target)
    return node instanceof Cell && set.has(node.value)
  }
}

/**
 * Makes a value source hold only under a condition; otherwise the target stays as base and approval made it.
 * @param check holds the condition against its format, or fails with its line
 */
export const compileCondition = (
  spec: unknown,
  evaluation: Evaluation,
  compiling: Compiling,
  check: <T>(schema: z.ZodType<T>, value: unknown, at: YamlPath) => T,
): Evaluation => {
  const at = [...compiling.path, 'when']
  const condition = check(conditionFormat, spec, at)
  const tests: Test[] = []
  if (typeof condition === 'string') {
    const { evaluate, shown } = compiling.expression(condition, 'condition', at)
    tests.push((run) => {
      try {
        return evaluate(run) === true
      } catch (error) {
        if (!(error instanceof ExpressionFault)) throw error
        unmappable(run, error.code, 'when', '', `The condition ${shown} cannot be judged: ${error.message}.`)
        return false
      }
    })
  } else {
    if (condition.category !== undefined) tests.push(oneOf('VehicleCategory', condition.category, compiling, at))
    if (condition.stage !== undefined) tests.push(oneOf('StageOfCompletion', condition.stage, compiling, at))
  }
  const holds = (run: Run): boolean => tests.every((test) => test(run))
  const { one, rows } = evaluation
  return one
    ? { one: (run) => (holds(run) ? one(run) : undefined) }
    : { rows: (run, count) => (holds(run) ? rows(run, count) : undefined) }
}
