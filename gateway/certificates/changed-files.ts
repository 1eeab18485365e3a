import { readFile, stat } from 'node:fs/promises'
import { GatewayError } from '../contract/errors.ts'

/** No certificate or key file is larger. */
const maxBytes = 1024 * 1024

interface Known {
  readonly mark: string
  readonly bytes: Buffer
}

/** Files of the configuration, read anew when they changed (time, size or place on the disk). */
export class ChangedFiles {
  readonly #known = new Map<string, Known>()

  /** The content now. Throws `CRT-001` (config) when it cannot be read or is far too large for a certificate. */
  async read(path: string): Promise<Buffer> {
    try {
      const { mtimeMs, ctimeMs, size, ino } = await stat(path)
      if (size > maxBytes) throw new RangeError(`it has ${size} bytes`)
      const mark = [mtimeMs, ctimeMs, size, ino].join()
      const known = this.#known.get(path)
      if (known?.mark === mark) return known.bytes
      const bytes = await readFile(path)
      this.#known.set(path, { mark, bytes })
      return bytes
    } catch (cause) {
      throw new GatewayError({
        kind: 'config',
        code: 'CRT-001',
        message: `${path} cannot be read: ${(cause as Error).message}`,
        hint: 'Check the path and the rights of the file.',
        cause,
      })
    }
  }
}
