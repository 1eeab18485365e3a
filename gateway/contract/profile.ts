/** How far the settings of an access point are known to be right, where a connector works by profiles of states. */
export interface ProfileStanding {
  /** ISO code of the state. */
  readonly profile: string
  readonly authority: string
  readonly verified: boolean
  /** What is not known, or by whom and when it was confirmed. */
  readonly note: string
}

/** Which operation of an interface does what, by the names in its description; what is left out is guessed from the names. */
export type OperationChoice = Readonly<Partial<Record<'submit' | 'query' | 'retrieve', string>>>

/** Settings read from an interface description, and what a person must still look at. */
export interface ProposedConfig {
  readonly config: Readonly<Record<string, unknown>>
  readonly operations: readonly string[]
  readonly notes: readonly string[]
}
