import { readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { Dialect } from './dialect.ts'

const home = new URL('./dialects/', import.meta.url)
/** `.ts` in the checkout, `.js` once built. */
const extension = extname(import.meta.url)

/** Names of the engines, found by their files. */
export const dialectNames: readonly string[] = readdirSync(home)
  .filter((name) => name.endsWith(extension) && !name.endsWith('.d.ts'))
  .map((name) => name.slice(0, -extension.length))
  .sort()

/** Loads an engine with its driver: only when it is used. */
export const loadDialect = async (name: string): Promise<Dialect> => {
  const module = (await import(new URL(`${name}${extension}`, home).href)) as { default: Dialect }
  return module.default
}
