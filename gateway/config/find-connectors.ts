import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { AccessPoint, Codec, SourceConnector } from '../contract/index.ts'

const connectors = new URL('../../connectors/', import.meta.url)
/** `.ts` in the checkout, `.js` once built. */
const extension = extname(import.meta.url)

const load = async <T>(folder: string, file: string): Promise<T[]> => {
  const home = new URL(folder, connectors)
  const found: T[] = []
  for (const entry of readdirSync(home, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const module = new URL(`${entry.name}/${file}${extension}`, home)
    if (!entry.isDirectory() || !existsSync(module)) continue
    found.push(((await import(module.href)) as { default: T }).default)
  }
  return found
}

const byName = <T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((c) => [c.name, c]))

export interface Connectors {
  readonly sources: ReadonlyMap<string, SourceConnector>
  readonly accessPoints: ReadonlyMap<string, AccessPoint>
  readonly codecs: ReadonlyMap<string, Codec>
}

/** Every connector there is, found by its folder: adding one needs no edit anywhere else. */
export const findConnectors = async (): Promise<Connectors> => ({
  sources: byName(await load<SourceConnector>('./', 'connector')),
  accessPoints: byName(await load<AccessPoint>('access-points/', 'access-point')),
  codecs: new Map((await load<Codec>('codecs/', 'codec')).map((c) => [c.format, c])),
})
