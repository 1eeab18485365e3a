import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { createSchemaCheck } from '../../gateway/checks/schema-check.ts'

/** What a worker is given: the files, and a counter that all workers share to take the next file each. */
export interface CheckWork {
  readonly files: readonly string[]
  readonly next: SharedArrayBuffer
}

const { files, next } = workerData as CheckWork
const counter = new Int32Array(next)
const schema = await createSchemaCheck()

/** Every message is one round; the answer is how many files were refused. */
parentPort?.on('message', () => {
  let refused = 0
  for (;;) {
    const file = files[Atomics.add(counter, 0, 1)]
    if (file === undefined) break
    if (schema.check(readFileSync(file)).length > 0) refused++
  }
  parentPort?.postMessage(refused)
})
parentPort?.postMessage('ready')
