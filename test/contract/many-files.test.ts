// slow: files that are written slowly
import tap, { test } from 'tap'
import { faultsOf, proveManyFiles } from '../support/many-files.ts'

tap.setTimeout(300_000)

/** The small form of `npm run prove:many-files`. */
for (const source of ['folder', 'sftp', 's3'])
  test(`${source}: files that come slowly are taken whole, each once`, async (t) => {
    const settings = { files: 90, writers: 30, pollMs: 300, stablePolls: 4, pauseMs: 80 }
    const proof = await proveManyFiles(source, settings)
    t.same(faultsOf(proof), [])
    t.equal(proof.files, 90)
  })
