import type { SFTPWrapper } from 'ssh2'

const pieceBytes = 128 * 1024
/** Requests under way at once: one at a time would wait for the line (and for delayed acknowledgements) each time. */
const mostRequests = 8

const readAt = (raw: SFTPWrapper, handle: Buffer, bytes: number, from: number): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    raw.read(handle, Buffer.allocUnsafe(bytes), 0, bytes, from, (error, count, buffer) =>
      error ? reject(error) : resolve(buffer.subarray(0, count)),
    ),
  )

/** A server may give less than was asked for; nothing means that the file ends there. */
const pieceAt = async (raw: SFTPWrapper, handle: Buffer, from: number, to: number): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for (let at = from; at < to;) {
    const piece = await readAt(raw, handle, to - at, at)
    if (piece.length === 0) break
    pieces.push(piece)
    at += piece.length
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
}

/** The first `size` bytes of an open file in order, read ahead by at most a megabyte; fewer when it is shorter. */
export async function* readAhead(raw: SFTPWrapper, handle: Buffer, size: number): AsyncGenerator<Buffer> {
  const under: Promise<Buffer>[] = []
  let next = 0
  const ask = (): void => {
    if (next >= size) return
    const piece = pieceAt(raw, handle, next, Math.min(size, next + pieceBytes))
    // Whoever stops reading early does not wait for it any more.
    piece.catch(() => undefined)
    under.push(piece)
    next += pieceBytes
  }
  for (let i = 0; i < mostRequests; i++) ask()
  for (let piece = under.shift(); piece; piece = under.shift()) {
    const bytes = await piece
    ask()
    if (bytes.length > 0) yield bytes
  }
}
