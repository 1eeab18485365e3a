import type { Finding } from '../contract/finding.ts'
import { isStale } from '../trust/lists/judge-lists.ts'
import type { Judged, Standing } from '../trust/lists/judge-lists.ts'
import { isListOfLists } from '../trust/lists/trusted-list.ts'

const dayMs = 86_400_000

/** A trusted list as people and scripts see it. */
export interface ListView {
  readonly territory: string
  readonly kind: 'list-of-lists' | 'list'
  readonly operator: string
  readonly sequence: number
  readonly issued: string
  /** Null for a closed list. */
  readonly nextUpdate: string | null
  /** Past its next update. */
  readonly stale: boolean
  /** Days since it was issued. */
  readonly ageDays: number
  readonly signature: Standing
  readonly why: string | null
  /** How many services it lists. */
  readonly services: number
  readonly sha256: string
}

export const listView = ({ facts, signature, why }: Judged, now: Date): ListView => ({
  territory: facts.territory,
  kind: isListOfLists(facts) ? 'list-of-lists' : 'list',
  operator: facts.operator,
  sequence: facts.sequence,
  issued: facts.issued,
  nextUpdate: facts.nextUpdate,
  stale: isStale(facts, now),
  ageDays: Math.floor((now.getTime() - Date.parse(facts.issued)) / dayMs),
  signature,
  why: why ?? null,
  services: facts.services,
  sha256: facts.sha256,
})

const codes = { invalid: 'TSL-011', absent: 'TSL-012', untrusted: 'TSL-013' } as const
const name = ({ kind, territory, sequence }: ListView): string =>
  `${kind === 'list' ? 'trusted list' : 'list of lists'} of ${territory}, sequence ${sequence}`

/**
 * What is wrong with a list: `TSL-011` invalid, `TSL-012` unsigned, `TSL-013` untrusted (errors: it is not used), `TSL-020` past its
 * next update (a warning: it is used, and nothing waits for it).
 */
export const listFindings = (view: ListView): Finding[] => {
  const finding = (code: string, severity: Finding['severity'], message: string): Finding => {
    return { code, layer: 'trust', severity, path: '/', message }
  }
  const { signature, why, stale, nextUpdate } = view
  return [
    ...(signature === 'valid'
      ? []
      : [finding(codes[signature], 'error', `The ${name(view)} is not used. ${why ?? ''}`)]),
    ...(stale && signature === 'valid'
      ? [
          finding(
            'TSL-020',
            'warning',
            `The ${name(view)} should have been followed by a newer one on ${nextUpdate ?? ''}. Import that; until then this one is used.`,
          ),
        ]
      : []),
  ]
}
