import type { IntakeWorker } from '../flow/intake/intake-worker.ts'
import type { Tools } from '../flow/tools.ts'
import type { HealthStatus } from '../http/deps.ts'

const isUp = async (control: string): Promise<boolean> => {
  try {
    return (await fetch(`${control}/_control/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** Whether the gateway does its work: every source is listed, and in the sandbox its access point is up. */
export const statusOf = async (
  intake: readonly IntakeWorker[],
  tools: Tools,
  sandbox: { readonly control: string; readonly inbox: string } | undefined,
): Promise<HealthStatus> => {
  const now = tools.clock().getTime()
  const sources = intake.map((worker) => {
    const check = `source: ${worker.name}`
    const listed = worker.lastListedAt
    const longest = 3 * (tools.sources.get(worker.name)?.pollMs ?? 0) + 10_000
    if (listed && now - listed.getTime() < longest) return { check, ok: true }
    const issue = worker.lastProblem ?? (listed ? 'It was not listed for a while.' : 'It was not listed yet.')
    return { check, ok: false, issue, suggestion: 'Check its address, rights and whether it is mounted.' }
  })
  const point = sandbox && (await isUp(sandbox.control))
  const checks = [
    ...sources,
    ...(point === undefined
      ? []
      : point
        ? [{ check: 'simulated access point', ok: true }]
        : [{ check: 'simulated access point', ok: false, issue: 'It does not answer.', suggestion: 'Restart.' }]),
  ]
  const ok = checks.every((c) => c.ok)
  return { ok, ready: ok, checks, ...(sandbox ? { sandbox } : {}) }
}
