import { setTimeout as pause } from 'node:timers/promises'
import type { RevocationService } from './revocation-service.ts'
import { unknown } from './revocation.ts'

/**
 * The same service for work that must not wait for others: what is not answered within `ms` milliseconds is unknown. The question
 * goes on by itself, so that the answer is there for who asks next.
 */
export const withPatience = (service: RevocationService, ms: number): RevocationService => ({
  ask: async (question) => {
    const waiting = new AbortController()
    const late = pause(ms, unknown(`Nobody answered within ${ms} ms.`), { signal: waiting.signal, ref: false })
    // The one that loses must not become an error of its own.
    late.catch(() => undefined)
    try {
      return await Promise.race([service.ask(question), late])
    } finally {
      waiting.abort()
    }
  },
})
