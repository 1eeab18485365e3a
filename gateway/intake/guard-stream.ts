import { Readable } from 'node:stream'
import { GatewayError } from '../contract/index.ts'

const stalled = (key: string, ms: number): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'SRC-016',
    message: `No bytes of ${key} came for ${Math.round(ms / 1000)} s.`,
    hint: 'It is read anew at one of the next polls.',
    params: { key },
  })

/**
 * A stream that ends with an error when it stands still: a large file may take long, but a dead line must not hold it
 * forever. `abort` is aborted then, so that the connector lets go of it too.
 * @param onBytes told after each piece
 */
export const guardStream = (
  open: () => Promise<Readable>,
  key: string,
  ms: number,
  abort: AbortController,
  onBytes: () => void = () => undefined,
): Readable => {
  const guarded = async <T>(step: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined
    let refuse: (() => void) | undefined
    // What comes too late must not end the process.
    step.catch(() => undefined)
    try {
      return await Promise.race([
        step,
        new Promise<never>((_, reject) => {
          refuse = () => reject(abort.signal.reason as Error)
          abort.signal.addEventListener('abort', refuse, { once: true })
          if (abort.signal.aborted) refuse()
          timer = setTimeout(() => abort.abort(stalled(key, ms)), ms)
        }),
      ])
    } finally {
      clearTimeout(timer)
      if (refuse) abort.signal.removeEventListener('abort', refuse)
    }
  }
  return Readable.from(
    (async function* () {
      const bytes = await guarded(open())
      bytes.on('error', () => undefined)
      const chunks = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>
      try {
        for (;;) {
          const next = await guarded(chunks.next())
          if (next.done) return
          onBytes()
          yield next.value
        }
      } finally {
        bytes.destroy()
      }
    })(),
  )
}
