/** The part of a V8 CPU profile (`node --cpu-prof`) that is read here; times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
    readonly children?: readonly number[]
  }[]
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Where a source file belongs; the first rule that fits counts. What all stages share belongs to whoever calls it. */
const rooms: readonly (readonly [pattern: RegExp, stage: string])[] = [
  [/\/gateway\/flow\/steps\/([a-z]+)-step\.[jt]s$/, '$1'],
  [/\/gateway\/flow\/intake\//, 'intake'],
  [/\/gateway\/flow\/delivery\//, 'submission'],
  [/\/gateway\/flow\/(write-back|answers)/, 'writeback'],
  [/\/gateway\/flow\//, 'flow'],
  [/\/gateway\/(intake|inbox|base|mapping|routing|document|checks|drift|signature)\//, '$1'],
  [/\/gateway\/(submission|receipts|writeback|store)\//, '$1'],
  [/\/connectors\/(codecs|folder)\//, 'intake'],
  [/\/connectors\/access-points\//, 'submission'],
  [/\/gateway\/(http|health|ops)\//, 'http'],
]
const network = /node:(_?tls|_?http|net|internal\/(stream_base|net|tls|http))|\/undici\//

/** The stage of one source file, undefined where it says nothing. */
const stageOfFile = (url: string): string | undefined => {
  for (const [pattern, stage] of rooms) {
    const found = pattern.exec(url)
    if (found) return stage === '$1' ? found[1] : stage
  }
  return undefined
}

/**
 * Time by stage between two moments (microseconds on the monotonic clock), idle time left out: a sample belongs to the
 * innermost frame that has a stage, so a library's work belongs to the stage that called it. Without any it is `gc`,
 * `network` (sockets and TLS) or `runtime`.
 * @returns microseconds by stage
 */
export const timeByStage = (profile: CpuProfile, from: number, to: number): Record<string, number> => {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])))
  const stages = new Map<number, string | undefined>()
  const stageOf = (id: number): string | undefined => {
    if (stages.has(id)) return stages.get(id)
    const { functionName, url } = nodes.get(id)?.callFrame ?? { functionName: '', url: '' }
    const parent = parents.get(id)
    const own = functionName === '(garbage collector)' ? 'gc' : functionName === '(idle)' ? 'idle' : stageOfFile(url)
    const above = own ?? (parent === undefined ? undefined : stageOf(parent))
    const stage = above === undefined || above === 'network' ? (network.test(url) ? 'network' : above) : above
    stages.set(id, stage)
    return stage
  }
  const result: Record<string, number> = {}
  let at = profile.startTime
  for (const [i, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[i] ?? 0
    at += delta
    if (at < from || at > to) continue
    const stage = stageOf(id) ?? 'runtime'
    if (stage !== 'idle') result[stage] = (result[stage] ?? 0) + delta
  }
  return result
}
