import { parentPort, workerData } from 'node:worker_threads'
import type { CheckedFile, FileCheckOptions } from './file-check.ts'
import { createFileCheck } from './file-check.ts'

/** What a worker is given: all files, and a counter that the workers share to take the next ones. */
export interface CheckWork {
  readonly files: readonly string[]
  readonly next: SharedArrayBuffer
  readonly options: FileCheckOptions
}

/** What a worker says: the results of some files, by their place in the list. */
export type CheckAnswer = readonly (readonly [index: number, result: CheckedFile])[]

/** Files taken at once: few enough that no worker waits long for another at the end. */
const portion = 8

const { files, next, options } = workerData as CheckWork
const counter = new Int32Array(next)
const check = await createFileCheck(options)
for (;;) {
  const from = Atomics.add(counter, 0, portion)
  if (from >= files.length) break
  const answer: [number, CheckedFile][] = []
  for (const [i, file] of files.slice(from, from + portion).entries()) answer.push([from + i, await check(file)])
  parentPort?.postMessage(answer satisfies CheckAnswer)
}
