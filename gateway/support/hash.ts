import { createHash } from 'node:crypto'
import type { Sha256 } from '../contract/ids.ts'

/** SHA-256 of bytes or UTF-8 text, lower-case hexadecimal. */
export const sha256 = (data: Buffer | string): Sha256 => createHash('sha256').update(data).digest('hex') as Sha256
