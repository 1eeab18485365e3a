import type { IntakeWorker } from '../flow/intake/intake-worker.ts'
import type { Tools } from '../flow/tools.ts'
import type { HealthCheck, HealthStatus } from '../http/deps.ts'

/** What is looked at of the intake of a source. */
export type ListedSource = Pick<IntakeWorker, 'name' | 'lastListedAt' | 'lastProblem'> &
  Partial<Pick<IntakeWorker, 'lastProgressAt' | 'nextLookAt'>> & {
    readonly health?: { readonly lookBegan: Date | undefined }
  }
type StatusTools = Pick<Tools, 'clock' | 'sources'>
interface Sandbox {
  readonly control: string
  readonly inbox: string
}

const isUp = async (control: string): Promise<boolean> => {
  try {
    return (await fetch(`${control}/_control/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** A source is well when it answered, not long ago or as its schedule has it: one that hangs has no problem to tell. */
const checkSource = (name: string, pollMs: number, worker: ListedSource | undefined, now: number): HealthCheck => {
  const check = `source: ${name}`
  const listed = worker?.lastListedAt
  const problem = worker?.lastProblem
  const since = (date: Date | undefined): number => now - (date?.getTime() ?? 0)
  const late = 3 * pollMs + 10_000
  const isPaused = worker?.nextLookAt !== undefined && worker.nextLookAt.getTime() + late > now
  const isRecent = isPaused || since(listed) < late || since(worker?.lastProgressAt) < late
  const began = worker?.health?.lookBegan
  // The look begins up to a poll after the source fell silent: with two more it shows within three.
  const hangs = began !== undefined && since(began) > Math.max(3_000, 2 * pollMs)
  if (listed && isRecent && !hangs && problem === undefined) return { check, ok: true }
  const silent = listed ? 'It was not listed for a while.' : 'It was not listed yet.'
  const issue = problem ?? (hangs && listed ? 'It does not answer.' : silent)
  return {
    check,
    ok: false,
    issue,
    suggestion: 'Check its address, rights and whether it is mounted: ecoc source test.',
  }
}

const checkAccessPoint = async ({ control }: Sandbox): Promise<HealthCheck> => {
  const check = 'simulated access point'
  if (await isUp(control)) return { check, ok: true }
  return { check, ok: false, issue: 'It does not answer.', suggestion: 'Restart.' }
}

/**
 * Whether the gateway does its work: the last listing of every source succeeded, and in the sandbox its access point is up.
 * @param wasReady whether it was ready before: then it stays so, and what goes wrong afterwards is a failure, not a start
 */
export const statusOf = async (
  intake: readonly ListedSource[],
  tools: StatusTools,
  sandbox: Sandbox | undefined,
  wasReady = false,
): Promise<HealthStatus> => {
  const now = tools.clock().getTime()
  // By what is configured: a worker that was never made must show too.
  const sources = [...tools.sources.values()].map(({ name, pollMs }) =>
    checkSource(
      name,
      pollMs,
      intake.find((worker) => worker.name === name),
      now,
    ),
  )
  const checks = [...sources, ...(sandbox ? [await checkAccessPoint(sandbox)] : [])]
  const ok = checks.every((c) => c.ok)
  return { ok, ready: ok || wasReady, checks, ...(sandbox ? { sandbox } : {}) }
}

/** The status of a running gateway, which remembers that it was ready once. */
export const createStatus = (
  intake: readonly ListedSource[],
  tools: StatusTools,
  sandbox: Sandbox | undefined,
): (() => Promise<HealthStatus>) => {
  let wasReady = false
  return async () => {
    const status = await statusOf(intake, tools, sandbox, wasReady)
    wasReady ||= status.ready
    return status
  }
}
