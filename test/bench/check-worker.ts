import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { createRules } from '../../gateway/checks/run-rules.ts'
import { createSchemaCheck } from '../../gateway/checks/schema-check.ts'
import { isValid } from '../../gateway/contract/finding.ts'
import { readDocument } from '../../gateway/ivi/read-document.ts'

/** What a worker is given: the files, a counter that all workers share to take the next file each, and what it checks. */
export interface CheckWork {
  readonly files: readonly string[]
  readonly next: SharedArrayBuffer
  readonly kind: CheckKind
}
/** `rules` has the reading of the XML in it, `both` is what `ecoc check` does without the signature. */
export type CheckKind = 'schema' | 'rules' | 'both'

const { files, next, kind } = workerData as CheckWork
const counter = new Int32Array(next)
const schema = kind === 'rules' ? undefined : await createSchemaCheck()
const rules = kind === 'schema' ? undefined : await createRules()

const isGood = (bytes: Buffer): boolean => {
  if (schema && schema.check(bytes).length > 0) return false
  if (!rules) return true
  const { tree, findings } = readDocument(bytes)
  return isValid(findings) && isValid(rules.check(tree))
}

/** Every message is one round; the answer is how many files were refused. */
parentPort?.on('message', () => {
  let refused = 0
  for (;;) {
    const file = files[Atomics.add(counter, 0, 1)]
    if (file === undefined) break
    if (!isGood(readFileSync(file))) refused++
  }
  parentPort?.postMessage(refused)
})
parentPort?.postMessage('ready')
