import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Opinion } from './second-opinions.ts'

const source = fileURLToPath(new URL('./VerifySignatures.java', import.meta.url))

/** The version of the JDK at hand, such as `17.0.15`; undefined where there is none. */
export const javaVersion = (): string | undefined => {
  const { status, stdout } = spawnSync('javac', ['-version'], { encoding: 'utf8' })
  return status === 0 ? /^javac (\S+)/.exec(stdout)?.[1] : undefined
}

export interface JavaOpinion {
  readonly ask: Opinion
  end(): void
}

/** Java's own XML signature validation, in one process for all that is asked. Rejects when that process ends early. */
export const startJavaOpinion = (): JavaOpinion => {
  const child = spawn('java', ['-Xmx256m', '-XX:+UseSerialGC', source], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ask: Opinion = async (documents, roots) => {
    const dir = mkdtempSync(join(tmpdir(), 'ecoc-java-'))
    documents.forEach((bytes, i) => writeFileSync(join(dir, `${i}.xml`), bytes))
    child.stdin.write(documents.map((_, i) => `${roots}\t${join(dir, `${i}.xml`)}\n`).join(''))
    const verdicts: boolean[] = []
    for (let i = 0; i < documents.length; i++) {
      const answer = await answers.next()
      if (answer.done) throw new Error('the Java process ended early')
      verdicts.push(answer.value === 'good')
    }
    rmSync(dir, { recursive: true, force: true })
    return verdicts
  }
  return { ask, end: () => void child.stdin.end() }
}
