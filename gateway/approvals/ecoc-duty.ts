import type { ApprovalData, EcocDuty } from '../contract/flow.ts'
import { valueAt } from '../ivi/get-value.ts'

/** How a vehicle was approved: EU type-approval, EU or national small series, or each vehicle by itself. */
export type ApprovalForm = 'EU' | 'ESS' | 'NSS' | 'individual'

/** What the approval number says itself (2020/683 Annex IV section 1, part 3). */
const formsOfNumber: readonly (readonly [RegExp, ApprovalForm])[] = [
  [/^[a-z]{1,2}\d+\*N?IV/, 'individual'],
  [/^[a-z]{1,2}\d+\*NKS/, 'NSS'],
  [/^[a-z]{1,2}\d+\*KS/, 'ESS'],
]

/** The form of an approval: by its number, else by TypeApprovalType, else a small series that gives a quota is an EU one. */
export const formOfApproval = (data: ApprovalData): ApprovalForm => {
  const byNumber = formsOfNumber.find(([pattern]) => pattern.test(data.approval))?.[1]
  const said = valueAt(data.values, 'TypeApprovalType')
  return byNumber ?? (said === 'NSS' || said === 'ESS' ? said : data.smallSeries ? 'ESS' : 'EU')
}

/** Until the day before, the eCoC was voluntary (2018/858 Art 37(1) and (2); the same day holds in Great Britain). */
const firstDay = '2026-07-05'

const duty = (how: EcocDuty['duty'], why: string): EcocDuty => ({ duty: how, why })

const inGreatBritain = (form: ApprovalForm, category: string, built: string): EcocDuty => {
  if (!/^[MNO]/.test(category))
    return duty(
      'none',
      `In Great Britain and Northern Ireland vehicles of category ${category} keep the paper certificate.`,
    )
  if (form === 'individual')
    return duty(
      'none',
      'An individually approved vehicle has an approval certificate and no certificate of conformity.',
    )
  if (built < firstDay) return duty('voluntary', `The vehicle was made before ${firstDay}.`)
  return duty('obligatory', 'Categories M, N and O are in scope in the United Kingdom, small and medium series too.')
}

const inTheUnion = (form: ApprovalForm, category: string, built: string): EcocDuty => {
  if (form === 'individual')
    return duty(
      'none',
      'An individually approved vehicle has an approval certificate and no CoC (2018/858 Art 44, 45).',
    )
  if (!/^[MNO]/.test(category))
    return duty('voluntary', `For category ${category} the paper certificate stays; 2018/858 Art 37 is for M, N and O.`)
  if (form === 'ESS')
    return duty('voluntary', 'EU small series: an XML upload or manual input is enough (2021/133 Art 3a).')
  if (form === 'NSS')
    return duty('voluntary', 'National small series: Member States may exempt them (2018/858 Art 37(4)).')
  if (built < firstDay) return duty('voluntary', `The vehicle was made before ${firstDay} (2018/858 Art 37(2)).`)
  return duty('obligatory', 'EU type-approval of category M, N or O (2018/858 Art 37(1)).')
}

/**
 * Whether a vehicle needs an eCoC: what the master data says, else what follows from the form of the approval, the
 * category (`N2`, `L5e`) and the document profile (`EU`, `UK`).
 */
export const dutyOf = (data: ApprovalData, category: string, dateOfManufacture: string, profile: string): EcocDuty => {
  if (data.eCoC) return data.eCoC
  const derive = profile === 'UK' ? inGreatBritain : inTheUnion
  return derive(formOfApproval(data), category, dateOfManufacture)
}
