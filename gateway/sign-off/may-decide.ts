/** Who wants to decide. */
export interface Decider {
  /** The person; `token:` and its name where a token is nobody's. */
  readonly name: string
  /** False for a token that is bound to nobody. */
  readonly isPerson: boolean
  /** Whether the role itself may sign off. */
  readonly holdsRight: boolean
  /** How the person proved to be there: the password given again, or a token bound to the person. */
  readonly confirmedBy: 'password' | 'token'
}

/** Somebody who entered or changed what is decided about. */
export interface Contributor {
  readonly name: string
  /** In plain words: `pushed the record`. */
  readonly what: string
  readonly at: string
}

export type SignOffDecision = 'approve' | 'refuse' | 'reweigh'

export interface DecisionQuestion {
  readonly decision: SignOffDecision
  readonly decider: Decider
  readonly contributors: readonly Contributor[]
  /** The approvals that were given already. */
  readonly approvals: readonly { readonly decided_by: string; readonly on_behalf_of: string | null }[]
  /** Those who let the decider decide for them now, and hold the right themselves. */
  readonly delegators: readonly string[]
  /** In the sandbox a token that is nobody's counts, so that everything can be tried. */
  readonly isSandbox: boolean
}

export type Verdict =
  | { readonly may: true; readonly onBehalfOf: string | null }
  | { readonly may: false; readonly code: string; readonly why: string; readonly hint: string }

const no = (code: string, why: string, hint: string): Verdict => ({ may: false, code, why, hint })

/**
 * Whether a person may decide on a drift. Four eyes: who entered or changed the data never approves it, neither himself nor
 * through somebody who decides for him; two approvals come from two people with a right of their own each. To refuse, or to
 * ask for another weighing, is always safe: whoever holds the right may.
 */
export const mayDecide = (question: DecisionQuestion): Verdict => {
  const { decision, decider, contributors, approvals, delegators, isSandbox } = question
  const { name } = decider
  if (!decider.isPerson && !isSandbox)
    return no(
      'ACT-470',
      'A sign-off is given by a person, and this token is bound to nobody.',
      'Make a token for the person: ecoc token create --name N --role quality --person P.',
    )
  if (!decider.holdsRight && delegators.length === 0)
    return no('ACT-471', `${name} may not sign off, and decides for nobody now.`, 'Ask quality, or for a delegation.')
  if (decision !== 'approve') return { may: true, onBehalfOf: decider.holdsRight ? null : (delegators[0] ?? null) }
  const own = contributors.find((c) => c.name === name)
  if (own)
    return no('ACT-472', `${name} ${own.what} and may not approve it (four eyes).`, 'Another person must decide.')
  const spent = new Set(approvals.flatMap((a) => [a.decided_by, ...(a.on_behalf_of === null ? [] : [a.on_behalf_of])]))
  if (spent.has(name))
    return no(
      'ACT-474',
      `${name} approved this already, or somebody did so for ${name}.`,
      'A second person must approve.',
    )
  if (decider.holdsRight) return { may: true, onBehalfOf: null }
  const entered = new Set(contributors.map((c) => c.name))
  const free = delegators.find((d) => !entered.has(d) && !spent.has(d))
  if (free === undefined)
    return no(
      'ACT-473',
      `${name} decides for ${delegators.join(', ')}, who entered the data or approved it already.`,
      'Another person must decide.',
    )
  return { may: true, onBehalfOf: free }
}
