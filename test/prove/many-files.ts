/**
 * `npm run prove:many-files -- [--files 10000] [--sources folder,sftp,s3]`: so many files on each source come into being slowly
 * (growing with pauses shorter than the stability window or longer with a marker, truncated and rewritten, under a temporary
 * name, renamed midway, with clocks that are years off) on a real server, while the gateway's intake polls it.
 * None may be taken half, none lost, none twice. Ends with 1 otherwise.
 */
import { parseArgs } from 'node:util'
import { faultsOf, proveManyFiles } from '../support/many-files.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { files: text, sources: text } })
const files = Number(values.files ?? 10_000)
const sources = (values.sources ?? 'folder,sftp,s3').split(',')

let failed = 0
for (const source of sources) {
  let told = 0
  const tell = (line: string): void => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    console.error(line)
  }
  const settings = { files, writers: 100, pollMs: 600, stablePolls: 4, pauseMs: 120, tell }
  const proof = await proveManyFiles(source, settings)
  const faults = faultsOf(proof)
  if (faults.length > 0) failed++
  const verdict = faults.length === 0 ? 'ok' : `FAILED: ${faults.join(', ')}`
  console.log(
    `${source.padEnd(7)} ${verdict}: ${proof.files} files written slowly, ${proof.half} taken half, ${proof.lost} lost, ` +
      `${proof.twice} twice, ${proof.vehicles} vehicles, ${proof.seconds} s`,
  )
}
process.exit(failed === 0 ? 0 : 1)
