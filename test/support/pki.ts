import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('../../certs.example/make-pki.sh', import.meta.url))

/**
 * The example PKI for tests, made by the script that users run, once per machine and month (leaves live two years).
 * The folder is shared by all tests: read from it, never write into it.
 */
export const examplePki = async (): Promise<{
  dir: string
  file: (name: string) => string
  read: (name: string) => Buffer
}> => {
  const month = new Date().toISOString().slice(0, 7)
  const key = createHash('sha256').update(readFileSync(script)).update(month).digest('hex').slice(0, 16)
  const dir = join(tmpdir(), `ecoc-example-pki-${process.getuid?.() ?? 0}-${key}`)
  await promisify(execFile)('bash', [script, dir])
  const file = (name: string): string => join(dir, name)
  return { dir, file, read: (name) => readFileSync(file(name)) }
}
