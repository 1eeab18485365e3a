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
