import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { TestStep } from '../../gateway/contract/index.ts'

export type NamedStep = readonly [string, () => Promise<unknown>]

/** Runs the steps in order and stops at the first that fails: its name says what is wrong. */
export const runSteps = async (steps: readonly NamedStep[]): Promise<TestStep[]> => {
  const done: TestStep[] = []
  for (const [step, action] of steps) {
    try {
      await action()
      done.push({ step, ok: true })
    } catch (error) {
      return [...done, { step, ok: false, detail: (error as Error).message }]
    }
  }
  return done
}

/** The first two steps of every server: its name is known, and something listens there. */
export const reachSteps = (host: string, port: number, signal: AbortSignal): NamedStep[] => [
  ['name', () => lookup(host)],
  [
    'TCP',
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect({ host, port, signal })
        socket.once('error', reject)
        socket.once('connect', () => {
          socket.destroy()
          resolve()
        })
      }),
  ],
]

/**
 * Opening fails for one of two reasons, which are two steps: a strange server, or a login that it refuses.
 * @param identity how the server proves itself: `host key`, `TLS chain`
 * @param refusedLogin code of the error by which `open` tells of a refused login
 */
export const openSteps = (identity: string, refusedLogin: string, open: () => Promise<void>): NamedStep[] => {
  let refusal: Error | undefined
  const connect = async (): Promise<void> => {
    try {
      await open()
    } catch (error) {
      if ((error as { code?: string }).code !== refusedLogin) throw error
      refusal = error as Error
    }
  }
  return [
    [identity, connect],
    ['login', () => (refusal === undefined ? Promise.resolve() : Promise.reject(refusal))],
  ]
}
