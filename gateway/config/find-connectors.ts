import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { AccessPoint, Codec, SourceConnector } from '../contract/index.ts'

const ours = new URL('../../connectors/', import.meta.url)
/** `.ts` in the checkout, `.js` once built. */
const extension = extname(import.meta.url)

const load = async <T>(connectors: URL, folder: string, file: string): Promise<T[]> => {
  const home = new URL(folder, connectors)
  const found: T[] = []
  if (!existsSync(home)) return found
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

/**
 * Every connector there is, found by its folder: adding one needs no edit anywhere else.
 * @param home folder of connectors; the gateway's own when absent
 */
export const findConnectors = async (home = ours): Promise<Connectors> => ({
  sources: byName(await load<SourceConnector>(home, './', 'connector')),
  accessPoints: byName(await load<AccessPoint>(home, 'access-points/', 'access-point')),
  codecs: new Map((await load<Codec>(home, 'codecs/', 'codec')).map((c) => [c.format, c])),
})
