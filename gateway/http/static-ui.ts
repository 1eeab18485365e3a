import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Context } from 'hono'
import { sha256 } from '../support/hash.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
}

/**
 * The files of the UI, read once. Only what was found then is ever served, so no path from outside meets the disk.
 * @returns a handler that answers GETs it knows: a file by its name, and the page itself to a browser that navigates.
 */
export const staticUi = (folder: string): ((c: Context) => Response | undefined) => {
  const assets = new Map<string, Asset>()
  for (const name of readdirSync(folder)) {
    const type = types[extname(name)]
    if (type === undefined) continue
    const bytes = new Uint8Array(readFileSync(join(folder, name)))
    assets.set(`/${name}`, { bytes, type, etag: `"${sha256(Buffer.from(bytes))}"` })
  }
  const wantsPage = (c: Context): boolean =>
    !/^\/(api|healthz|readyz|metrics)(\/|$)/.test(c.req.path) && (c.req.header('accept') ?? '').includes('text/html')

  return (c) => {
    const { path } = c.req
    const asset = assets.get(path) ?? (path === '/' || wantsPage(c) ? assets.get('/index.html') : undefined)
    if (!asset) return undefined
    c.header('ETag', asset.etag)
    c.header('Cache-Control', 'no-cache')
    if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
    c.header('Content-Type', asset.type)
    return c.body(asset.bytes)
  }
}
