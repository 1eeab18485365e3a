import { ExpressionFault } from './expressions/fault.ts'
import type { SourceCompiler } from './compile-sources.ts'
import type { MapperFile } from './mapper-format.ts'
import { type Run, unmappable } from './sources/source.ts'

type Constant = string | ((run: Run) => string)
/** Makes the constants of one record: each is worked out when it is first asked for, and once. */
export type Constants = (run: () => Run) => Run['constant']

/**
 * Compiles the `constants` part: texts, and expressions that may read each other but not the document.
 * @throws GatewayError MAP-011 when one depends on itself
 */
export const compileConstants = (spec: MapperFile['constants'], compiler: SourceCompiler): Constants => {
  const constants = new Map<string, Constant>()
  const reads = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(spec ?? {})) {
    if (typeof value === 'string') {
      constants.set(name, value)
      continue
    }
    const expression = compiler.expression(value.expr, 'text', ['constants', name, 'expr'], 'constant')
    reads.set(name, expression.constants)
    constants.set(name, (run) => {
      try {
        const result = expression.evaluate(run)
        return typeof result === 'string' || typeof result === 'bigint' ? String(result) : ''
      } catch (error) {
        if (!(error instanceof ExpressionFault)) throw error
        unmappable(
          run,
          error.code,
          `constants.${name}`,
          '',
          `The constant ${name} cannot be worked out: ${error.message}.`,
        )
        return ''
      }
    })
  }
  const clear = new Set<string>()
  for (const name of reads.keys()) {
    const way = cycleFrom(name, reads, [], clear)
    if (way)
      compiler.fail('MAP-011', `The constant ${name} depends on itself: ${way.join(' → ')}.`, undefined, [
        'constants',
        name,
      ])
  }
  return (run) => {
    const known = new Map<string, string>()
    return (name) => {
      const there = known.get(name)
      if (there !== undefined) return there
      const constant = constants.get(name)
      const value = typeof constant === 'function' ? constant(run()) : constant
      if (value !== undefined) known.set(name, value)
      return value
    }
  }
}

/** @param clear constants that are known to lead into no circle: each is followed once, however many read it */
const cycleFrom = (
  name: string,
  reads: ReadonlyMap<string, readonly string[]>,
  way: readonly string[],
  clear: Set<string>,
): string[] | undefined => {
  if (clear.has(name)) return undefined
  if (way.includes(name)) return [...way.slice(way.indexOf(name)), name]
  for (const next of reads.get(name) ?? []) {
    const cycle = cycleFrom(next, reads, [...way, name], clear)
    if (cycle) return cycle
  }
  clear.add(name)
  return undefined
}
