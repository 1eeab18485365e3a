import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CheckAnswer, CheckWork } from './check-worker.ts'
import { type CheckedFile, createFileCheck, type FileCheckOptions } from './file-check.ts'

/** A worker costs about as much to start as checking this many files. */
const filesPerWorker = 250

const runWorker = (work: CheckWork, results: CheckedFile[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const here = new URL(import.meta.url)
    // Beside this module: `.ts` in the sources, `.js` in the built appliance.
    const worker = new Worker(new URL(`./check-worker${extname(here.pathname)}`, here), { workerData: work })
    worker.on('message', (answer: CheckAnswer) => {
      for (const [index, result] of answer) results[index] = result
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      resolve()
    })
  })

/**
 * Checks files in the order given; the results do not depend on how many threads there are. Schema and rules are
 * compiled once per thread; many files are spread over all cores.
 * @param threads as many as pay, unless told
 */
export const checkFiles = async (
  files: readonly string[],
  options: FileCheckOptions,
  threads = Math.min(availableParallelism(), Math.floor(files.length / filesPerWorker)),
): Promise<readonly CheckedFile[]> => {
  const results: CheckedFile[] = []
  if (threads < 2) {
    const check = await createFileCheck(options)
    for (const file of files) results.push(await check(file))
    return results
  }
  const work: CheckWork = { files, options, next: new SharedArrayBuffer(4) }
  await Promise.all(Array.from({ length: threads }, () => runWorker(work, results)))
  return results
}
