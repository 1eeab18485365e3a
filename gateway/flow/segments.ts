import type { EffectStep, PureStep, Step } from './step.ts'

/** A run of stages that commit together: neighbouring pure ones, or one with an effect. Named after its first stage. */
export type Segment = { readonly name: string; readonly next: string | undefined } & (
  | { readonly kind: 'pure'; readonly steps: readonly PureStep[] }
  | { readonly kind: 'effect'; readonly step: EffectStep; readonly parallel: EffectStep['parallel'] }
)

/** Cuts the order of stages into what commits together. */
export const segmentsOf = (pipeline: readonly Step[]): Segment[] => {
  const groups: Step[][] = []
  for (const step of pipeline) {
    const last = groups.at(-1)
    if (step.kind === 'pure' && last?.[0]?.kind === 'pure') last.push(step)
    else groups.push([step])
  }
  return groups.map((group, i) => {
    const next = groups[i + 1]?.[0]?.name
    const [first] = group as [Step]
    if (first.kind === 'effect')
      return { kind: 'effect', name: first.name, next, step: first, parallel: (t) => first.parallel(t) }
    return { kind: 'pure', name: first.name, next, steps: group.filter((s) => s.kind === 'pure') }
  })
}
