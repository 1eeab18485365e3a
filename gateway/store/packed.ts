import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { GatewayError } from '../contract/index.ts'
import { sha256 } from '../support/hash.ts'

/** No content is larger than this when unpacked: a damaged row cannot fill the memory. Nothing larger is written. */
const maxBytes = 64 * 1024 * 1024

/** @throws GatewayError STO-005 larger than can be read again */
export const pack = (bytes: Buffer, what: string): Buffer => {
  if (bytes.length > maxBytes)
    throw new GatewayError({
      kind: 'bug',
      code: 'STO-005',
      message: `The ${what} has ${bytes.length} bytes; at most ${maxBytes} can be kept.`,
    })
  return zstdCompressSync(bytes)
}

const unpacked = (bytes: Buffer): Buffer | undefined => {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: maxBytes })
  } catch {
    return undefined
  }
}

/** @throws GatewayError STO-006 when the bytes are not the ones that were written */
export const unpack = (row: { readonly bytes: Buffer; readonly sha256: string }, what: string): Buffer => {
  const bytes = unpacked(row.bytes)
  if (bytes !== undefined && sha256(bytes) === row.sha256) return bytes
  throw new GatewayError({
    kind: 'security',
    code: 'STO-006',
    message: `The stored ${what} is not what was written: its hash differs.`,
    hint: 'The database file is damaged or was changed by hand. Restore the latest backup.',
  })
}
