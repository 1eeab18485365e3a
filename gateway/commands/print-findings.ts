import type { Finding } from '../contract/index.ts'
import type { Io } from './command.ts'

/** A verdict and its findings for people. */
export const printFindings = (subject: string, verdict: string, findings: readonly Finding[], io: Io): void => {
  io.out(`${subject}: ${verdict}`)
  for (const f of findings) io.out(`  ${f.severity.padEnd(7)} ${f.code.padEnd(14)} ${f.path}\n          ${f.message}`)
}
