import { readFileSync } from 'node:fs'
import { stateOfCountry, type State } from './states.ts'

/** Whose document it is: of the Union, of the United Kingdom, or Norway's preregistration of the Union's. */
export const documentProfiles = ['EU', 'UK', 'NO'] as const
export type Profile = (typeof documentProfiles)[number]

/** What every rule of law has: when it holds, both days included, for which categories, and where it stands. */
interface Dated {
  readonly categories: readonly string[] | undefined
  /** YYYY-MM-DD; undefined where it always held, or holds for good. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly source: string
}
/** Which document an approval code makes, and at which kind of access point. */
export interface ApprovalRule extends Dated {
  readonly code: string
  readonly state: State
  readonly profile: 'EU' | 'UK'
  readonly kind: 'union' | 'vca'
}
/** What a destination asks for besides, of a document of that profile. */
export interface DestinationRule extends Dated {
  readonly rule: string
  /** ISO code of a state, or `EU` for all of the Union. */
  readonly boundFor: string
  readonly profile: Profile
  /** `also`: a further document is made; `needs`: one is missing unless there is an approval for it; `note`: to be known. */
  readonly effect: 'also' | 'needs' | 'note'
  readonly asksFor: Profile | undefined
  readonly text: string
}

const rowsOf = (file: string): string[][] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
const given = (cell: string | undefined): string | undefined => (cell === '-' || cell === '' ? undefined : cell)
const categoriesOf = (cell = '*'): readonly string[] | undefined => (cell === '*' ? undefined : cell.split(' '))

/** Rules of law beside the code: `approval-rules.tsv`. A change of the law is a line that ends and one that begins. */
export const approvalRules: readonly ApprovalRule[] = rowsOf('approval-rules.tsv').flatMap((row) => {
  const [code = '', iso = '', profile, kind, categories, from, to, source = ''] = row
  const state = stateOfCountry(iso)
  if (state === undefined) return []
  return [
    {
      code,
      state,
      profile: profile === 'UK' ? 'UK' : 'EU',
      kind: kind === 'vca' ? 'vca' : 'union',
      categories: categoriesOf(categories),
      from: given(from),
      to: given(to),
      source,
    },
  ]
})

const isProfile = (text: string | undefined): text is Profile => documentProfiles.some((p) => p === text)

/** Rules of law beside the code: `destination-rules.tsv`. */
export const destinationRules: readonly DestinationRule[] = rowsOf('destination-rules.tsv').map((row) => {
  const [rule = '', boundFor = '', profile, categories, effect, asksFor, from, to, source = '', text = ''] = row
  return {
    rule,
    boundFor,
    profile: isProfile(profile) ? profile : 'EU',
    effect: effect === 'also' ? 'also' : effect === 'needs' ? 'needs' : 'note',
    asksFor: isProfile(asksFor) ? asksFor : undefined,
    categories: categoriesOf(categories),
    from: given(from),
    to: given(to),
    source,
    text,
  }
})

/** Whether a rule holds on a day (YYYY-MM-DD). */
export const holdsOn = ({ from, to }: { from?: string | undefined; to?: string | undefined }, on: string): boolean =>
  (from === undefined || from <= on) && (to === undefined || on <= to)

/** Whether a category such as `N2` is among classes such as `N`; an unknown one is never left out. */
export const isAmong = (categories: readonly string[] | undefined, category: string | undefined): boolean =>
  categories === undefined || category === undefined || categories.some((c) => category.startsWith(c))
