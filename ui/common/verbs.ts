export type Verb = 'sign-off' | 'replay' | 'retry' | 'correct' | 'reopen' | 'cancel' | 'resolve'

/** The verbs that both the state offers and the person may use. The gateway checks both again. */
export const allowedVerbs = (offered: readonly Verb[], permissions: readonly string[]): Verb[] =>
  offered.filter((verb) => permissions.includes(verb === 'sign-off' ? 'signOff' : 'operate'))
