import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Test } from 'tap'
import type { CallContext, OpenContext, OpenFiles, OpenSource } from '../../gateway/contract/index.ts'
import type { SourceConnector, SourceItem } from '../../gateway/contract/index.ts'
import { testFiles } from '../support/site-files.ts'
import type { Behaviour, FixtureModule, PushFixture, RowsFixture, SourceFixture } from './source-fixtures/fixture.ts'

const repository = new URL('../../', import.meta.url)
/** Every connector of a folder, by its name: a new one is found by itself. */
export const namesOfConnectors = (folder = new URL('connectors/', repository)): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() && existsSync(new URL(`${e.name}/connector.ts`, folder)) ? [e.name] : [],
  )

export type AnyFixture = SourceFixture | RowsFixture | PushFixture
export interface UnderTest<F extends AnyFixture = AnyFixture> {
  /** Its folder, and which of several servers: `sql postgres`. */
  readonly title: string
  readonly name: string
  readonly connector: SourceConnector
  readonly openFixture: () => Promise<F>
}

/** A connector with the servers that it is held to; none when nobody wrote a fixture. */
export const underTest = async (name: string): Promise<UnderTest[]> => {
  const file = new URL(`test/contract/source-fixtures/${name}.ts`, repository)
  if (!existsSync(file)) return []
  const { default: connector } = (await import(new URL(`connectors/${name}/connector.ts`, repository).href)) as {
    default: SourceConnector
  }
  const { openFixture, fixtures = {} } = (await import(file.href)) as FixtureModule<AnyFixture>
  const all = [...(openFixture ? [[name, openFixture] as const] : []), ...Object.entries(fixtures)]
  return all.map(([of, open]) => ({
    title: of === name ? name : `${name} ${of}`,
    name,
    connector,
    openFixture: open,
  }))
}

export const context = (signal = new AbortController().signal): OpenContext => ({ signal, files: testFiles })
/** A context that ends by itself, as every call of the core's does. */
export const within = (ms: number): OpenContext => context(AbortSignal.timeout(ms))

/** What may be waived, by the title of what is under test: reasons stand in the fixtures, the count here. */
const agreed = JSON.parse(readFileSync(new URL('source-waivers.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>
export const agreedWaivers = (title: string): readonly string[] => agreed[title] ?? []

/** Runs a test on a fixture of its own and a connection to it; a waived one is told as skipped, with the reason. */
export const about =
  <F extends AnyFixture>(t: Test, of: UnderTest<F>, waivers: AnyFixture['waivers'] = {}) =>
  (what: string, behaviour: Behaviour | undefined, run: (t: Test, open: OpenSource, there: F) => Promise<unknown>) =>
    t.test(what, { skip: (behaviour && waivers[behaviour]) ?? false }, async (t) => {
      const there = await of.openFixture()
      t.teardown(() => there.close())
      const open = await of.connector.open(of.connector.config.parse(there.config), context())
      t.teardown(() => open.close())
      await run(t, open, there)
    })

/** The same for a source of files. */
export const aboutFiles =
  (t: Test, of: UnderTest<SourceFixture>, waivers: AnyFixture['waivers']) =>
  (
    what: string,
    behaviour: Behaviour | undefined,
    run: (t: Test, o: OpenFiles, f: SourceFixture) => Promise<unknown>,
  ) =>
    about(t, of, waivers)(what, behaviour, async (t, open, there) => {
      if (open.kind !== 'files') return t.fail(`it opens ${open.kind}`)
      return run(t, open, there)
    })

/** A hook of a fixture that a test needs; a fixture without it must say why. */
export const needed = <T>(hook: T | undefined, name: string): T => {
  if (hook === undefined) throw new Error(`the fixture has no ${name}, and no waiver says why`)
  return hook
}

export const listed = async (open: OpenFiles, key: string): Promise<SourceItem> => {
  const item = (await open.list(context())).find((i) => i.key === key)
  return item ?? { key, size: -1, version: 'not listed' }
}

export const contentOf = async (open: OpenFiles, item: SourceItem, call: CallContext = context()): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of await open.read(item, call)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
