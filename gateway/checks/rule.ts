import type { Severity } from '../contract/finding.ts'
import type { Texts } from '../ivi/coc/coc-item.ts'

/**
 * Where a value stands. `/CocDataGroup/AxleTable/AxleGroup/AxleNumber` starts at the root, `AxleNumber` at the row of
 * `each`, `../../TechnicallyPermissibleMassAxle` two elements above it. A path through a repeated group means all rows.
 */
export type Path = string

/**
 * A value a rule speaks of, always read as text. A string is a path, or, when it begins with a small letter, a name
 * from the rule's `let`. A path takes its first value. A value that is absent makes a comparison pass (the official
 * checks write `Field?` for it).
 */
export type Value =
  | string
  | number
  /** Rows or leaves at the path, of leaves only those in or not in the list. */
  | {
      readonly count: Path
      readonly in?: readonly string[]
      readonly notIn?: readonly string[]
      readonly plus?: number
    }
  /** Rows at the path for which the condition is true; paths in it start at the row. */
  | { readonly count: Path; readonly where: Condition }
  /** Sum over all of them; `skip` gives no sum when a path has no value, `zero` counts it as nothing. */
  | { readonly sum: readonly string[]; readonly missing?: 'zero' | 'skip' }
  | { readonly max: readonly Path[] }
  /** The first group of the pattern in the value. */
  | { readonly capture: string; readonly pattern: RegExp }
  /** 1-based number of the row of `each`. */
  | { readonly position: true }

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What must hold. Every condition is true, false, or unknown because a value is absent; only false is a finding. */
export type Condition =
  | { readonly present: readonly Path[] }
  | { readonly absent: readonly Path[] }
  /** Decimal numbers; what is no number is left to the schema. */
  | { readonly compare: readonly [Value, Operator, Value] }
  /** Text, as it stands. */
  | { readonly same: readonly [Value, Value] }
  | { readonly in: readonly [Value, readonly string[]] }
  | { readonly matches: readonly [Value, RegExp] }
  /** Calendar days: the first is not later than the second. */
  | { readonly notAfter: readonly [Value, Value] }
  /** Foreign key: the value stands somewhere at the path, which starts at the root or with `../`. */
  | { readonly anyOf: readonly [Value, Path] }
  /** The value stands no more than once at the path, which starts at the root, or with `../` for the same table. */
  | { readonly unique: readonly [Value, Path] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export interface When {
  /** Beginnings of the vehicle category: `M` is all of M, `M1` is M1, M1G and M1S. */
  readonly categories?: readonly string[]
  /** Whole vehicle categories: `M1` is M1 alone. */
  readonly exactCategories?: readonly string[]
  /** Stage of completion: I incomplete, C complete, V completed. */
  readonly stages?: readonly ('I' | 'C' | 'V')[]
  /** TypeApprovalType: EU, EU small series, national small series. */
  readonly types?: readonly ('EU' | 'ESS' | 'NSS')[]
  /** Must be true, else the rule does not apply. */
  readonly if?: Condition
}

interface RuleHead {
  /** `CHK-TOPIC-NNN`; never reused. */
  readonly code: string
  readonly title: Texts
  readonly severity: Severity
  /** Regulation, manual or standard it comes from. */
  readonly clause: string
  readonly when?: When
  /**
   * Plain words with `{name}` for the values of `let`, the same names in every language: what is wrong, what to do.
   * `{label}` and `{item}` are the label and the number on the form of the element at `at`.
   */
  readonly message: Texts
}

/**
 * One content rule as data, modelled on the rule language of the official content check (IVI Checking Module).
 * A new rule is one entry in a topic file of `rules/`, or one new file there that exports `rules`.
 */
export interface ContentRule extends RuleHead {
  /** The rule is checked for every row at this path; `last` for the last one of each table, `butLast` for the others. */
  readonly each?: Path
  readonly rows?: 'all' | 'last' | 'butLast'
  /** Named values (small first letter), for the check, the message and the finding's params; later ones may use earlier ones. */
  readonly let?: Readonly<Record<string, Value>>
  readonly check: Condition
  /** The element the finding points at; it need not exist. */
  readonly at: Path
  readonly form?: never
}

/**
 * A rule over the whole document, from the tables of the certificate (gateway/ivi/coc): no value the form of the
 * category does not have (`absent`), none missing that stands on every such form (`required`).
 */
export interface FormRule extends RuleHead {
  readonly form: 'absent' | 'required'
}

export type Rule = ContentRule | FormRule
