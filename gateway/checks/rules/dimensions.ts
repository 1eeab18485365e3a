import { cocPath, say } from '../coc-path.ts'
import { completedDimensionLimits, dimensionLimits } from '../legal-limits.ts'
import { limitRule } from '../limit-rule.ts'
import type { Condition, Rule } from '../rule.ts'

const axles = cocPath('NumberOfAxles')

const has = (element: string, ...codes: string[]): Condition => ({
  compare: [{ count: cocPath(element), in: codes }, '>', 0],
})

/** 2018/858 Annex I Part C: articulated single-deck, double-deck and their low-floor kinds. */
const articulated = has('CodeForBodywork', 'CC', 'CD', 'CG', 'CH')
const semiTrailer = has('CodeForBodywork', 'DA')
/** 2018/858 Annex I, supplementary digits: 04 and 05 are conditioned bodies with insulated walls. */
const insulated = has('CodeForBodyworkSupplement', '04', '05')
/** Elongated cabs and rear flaps may stand out over the length (96/53/EC Articles 8b and 9a). */
const longer: Condition = {
  any: [
    has('ElongatedCabIndicator', 'Y'),
    { compare: [{ count: cocPath('AerodynamicDeviceEquipped'), notIn: ['NONE'] }, '>', 0] },
  ],
}
/** 2021/535 Article 6(3): a vehicle approved with a derogation says so. */
const derogated = has('MaximumAuthorisedDimensionsDerogationIndicator', 'Y')

const no = (condition: Condition): Condition => ({ not: condition })

/** The kind of body a maximum means; one that is not named holds for all of its categories. */
const kinds: Readonly<Record<string, readonly Condition[]>> = {
  'CHK-DIM-003': [no(insulated)],
  'CHK-DIM-004': [insulated],
  'CHK-DIM-006': [no(longer), no(articulated), { compare: [axles, '<=', 2] }],
  'CHK-DIM-007': [no(longer), no(articulated), { compare: [axles, '>=', 3] }],
  'CHK-DIM-008': [no(longer), articulated],
  'CHK-DIM-011': [no(longer)],
  'CHK-DIM-012': [no(insulated)],
  'CHK-DIM-013': [insulated],
  'CHK-DIM-015': [no(longer), no(semiTrailer)],
  'CHK-DIM-016': [no(insulated)],
  'CHK-DIM-017': [insulated],
  'CHK-DIM-019': [no(longer), semiTrailer],
}

const hint = say(
  'Without a derogation it may not be otherwise; correct the value or set the derogation indicator.',
  'Ohne Ausnahme ist anderes nicht erlaubt; berichtigen Sie den Wert oder setzen Sie die Kennzeichnung der Ausnahme.',
  'Sans dérogation, rien d’autre n’est permis ; corrigez la valeur ou posez l’indicateur de dérogation.',
)

/** Legal maxima of 2021/535 Annex XIII Part 2; a new one is one line in legal-limits.ts. */
export const rules: readonly Rule[] = [...dimensionLimits, ...completedDimensionLimits].map((limit) =>
  limitRule(limit, { only: { all: [no(derogated), ...(kinds[limit.code] ?? [])] }, hint }),
)
