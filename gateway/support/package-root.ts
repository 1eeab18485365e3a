import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GatewayError } from '../contract/index.ts'

const find = (from: string): string => {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'certs.example'))) return folder
    if (folder === dirname(folder))
      throw new GatewayError({
        kind: 'bug',
        code: 'SYS-001',
        message: `The installation around ${from} is incomplete.`,
      })
  }
}

/** The folder of the installation: the checkout, or /app in the image. */
export const packageRoot: string = find(dirname(fileURLToPath(import.meta.url)))
