import type { EcocState } from '../common/states.ts'

export interface EcocChange {
  readonly id: string
  readonly state?: EcocState
}

/**
 * Follows the changes of eCoCs. The browser reconnects by itself; `onReload` is called whenever something may have been missed.
 * @returns how to stop
 */
export const followEvents = (handlers: {
  onChange: (change: EcocChange) => void
  onReload: () => void
  onLive: (live: boolean) => void
}): (() => void) => {
  const source = new EventSource('/api/v1/events')
  source.addEventListener('ecoc', (event) => handlers.onChange(JSON.parse(event.data as string) as EcocChange))
  source.addEventListener('reset', () => handlers.onReload())
  source.addEventListener('open', () => {
    handlers.onLive(true)
    handlers.onReload()
  })
  source.addEventListener('error', () => {
    handlers.onLive(false)
    // A refused stream is not tried again by the browser: the next call will show the log-in.
    if (source.readyState === EventSource.CLOSED) handlers.onReload()
  })
  return () => source.close()
}
