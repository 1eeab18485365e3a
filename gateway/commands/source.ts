import { createSources, type Sources } from '../flow/sources.ts'
import { pipeline } from '../pipeline.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage = 'source list | test NAME | schema CONNECTOR | parked [NAME] | retry NAME [--json]'
const options = { json: { type: 'boolean' } } as const

type Verb = (sources: Sources, name: string | undefined, io: Io, json: boolean) => Promise<number>

const verbs: Readonly<Record<string, Verb>> = {
  async list(sources, _, io, json) {
    const all = await sources.list()
    if (json) io.out(JSON.stringify(all))
    else
      for (const s of all) {
        const waiting = `${s.answersPending} answers waiting, ${s.answersParked} parked`
        io.out(`${s.name}  ${s.connector} → ${s.mapper}  ${s.state}${s.since ? ` since ${s.since}` : ''}  ${waiting}`)
        if (s.problem) io.out(`  ${s.problem}`)
      }
    return all.some((s) => s.state === 'down' || s.state === 'failing') ? exit.no : exit.yes
  },
  async test(sources, name, io, json) {
    const steps = await sources.test(needed(name, 'Name a source.'))
    if (json) io.out(JSON.stringify(steps))
    else for (const s of steps) io.out(`${s.ok ? 'ok   ' : 'FAILS'} ${s.step}${s.detail ? `: ${s.detail}` : ''}`)
    return steps.every((s) => s.ok) ? exit.yes : exit.no
  },
  schema(sources, name, io) {
    const connector = sources.connectors().find((c) => c.name === name)
    if (!connector) {
      const all = sources.connectors().map((c) => c.name)
      return Promise.reject(usageError(`Name a connector: ${all.join(', ')}.`, usage))
    }
    io.out(JSON.stringify(connector.schema, null, 2))
    return Promise.resolve(exit.yes)
  },
  async parked(sources, name, io, json) {
    const rows = await sources.parked(name)
    if (json) io.out(JSON.stringify(rows))
    else for (const r of rows) io.out(`${r.source}  ${r.name}  ${r.kind}  ${r.problem ?? ''}`)
    return rows.length === 0 ? exit.yes : exit.no
  },
  async retry(sources, name, io, json) {
    const retried = await sources.retry({ source: needed(name, 'Name a source.') }, 'command line')
    io.out(json ? JSON.stringify({ retried }) : `${retried} answers are sent again.`)
    return exit.yes
  },
}

const needed = (name: string | undefined, message: string): string => {
  if (name === undefined) throw usageError(message, usage)
  return name
}

/** The sources: how they stand, whether they work, and the answers that they refused. */
const command: Command = {
  where: 'data',
  summary: 'shows and tries the sources, and sends refused answers again',
  usage,
  async run(argv, io, { tools, connectors, intake }) {
    const { values, positionals } = parse(argv, options, usage)
    const [verb = '', name] = positionals
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run || positionals.length > 2) throw usageError('Say what to do.', usage)
    const sources = createSources(tools, connectors, pipeline[0]?.name ?? '', intake)
    return run(sources, name, io, values.json ?? false)
  },
}
export default command
