import { GatewayError, type SiteFiles } from '../contract/index.ts'
import { configPath, readConfigured } from './load-config.ts'

const maxBytes = 1024 * 1024

/** The files that the configuration of a site names, read anew at each call: what was replaced counts at once. */
export const siteFiles = (folder: string): SiteFiles => {
  const read = async (name: string): Promise<Buffer> => {
    const bytes = await readConfigured(folder, name)
    if (bytes.length <= maxBytes) return bytes
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-013',
      message: `The configuration names ${configPath(folder, name)}, which has ${bytes.length} bytes: no key or password is that long.`,
      hint: 'Name the file that holds the key or password.',
    })
  }
  return {
    path: (name) => configPath(folder, name),
    read,
    secret: async (name) => (await read(name)).toString('utf8').split(/\r?\n/, 1)[0] ?? '',
  }
}
