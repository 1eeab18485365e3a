import { readFileSync } from 'node:fs'
import type { Finding, Severity } from '../contract/finding.ts'
import type { ApprovalData, EcocDuty } from '../contract/flow.ts'
import { dutyOf, formOfApproval } from './ecoc-duty.ts'

/** What is known of a vehicle and its day. Days are YYYY-MM-DD. */
export interface StandingFacts {
  readonly dateOfManufacture: string
  readonly today: string
  /** As in VehicleCategory: `N2`, `M1G`, `L5e`. */
  readonly category: string
  /** Document profile: `EU` or `UK`. */
  readonly profile: string
  /** Stage of completion; complete when not given. */
  readonly stage?: 'I' | 'C' | 'V'
  /** Sequential number of the vehicle within its small series and year, and the VIN of another vehicle that has it. */
  readonly runningNumber?: { readonly value: string; readonly takenBy?: string }
  /** Vehicles of this approval and production year that have an eCoC from this gateway, without this one. */
  readonly builtInYear?: number
  /** A correction of a delivered eCoC: the deadlines for new vehicles do not bind it. */
  readonly isCorrection?: boolean
}

export interface Standing extends EcocDuty {
  readonly findings: readonly Finding[]
}

const root = '/InitialVehicleInformation/CocDataGroup'

const finding = (
  code: string,
  severity: Severity,
  element: string,
  message: string,
  params: Readonly<Record<string, string | number>> = {},
): Finding => ({ code, layer: 'rules', severity, path: `${root}/${element}`, message, params })

/** Vehicles a year by `form category`, from 2018/858 Annex V. */
const legalLimits: ReadonlyMap<string, number> = new Map(
  readFileSync(new URL('small-series.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line): [string, number] => {
      const [form = '', category = '', limit = ''] = line.split('\t')
      return [`${form} ${category}`, Number(limit)]
    }),
)

/** The same day some months later, or the last day of that month (Regulation 1182/71 Art 3(2)(c)). */
export const monthsLater = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Built while the approval held? (2018/858 Art 36(1): a CoC goes with each vehicle made in conformity with the approved type.) */
const builtInTime = (data: ApprovalData, built: string): Finding[] => {
  const { approval, validFrom, withdrawnOn } = data
  const early = built < validFrom
  if (!early && (withdrawnOn === undefined || built < withdrawnOn)) return []
  const day = early ? validFrom : (withdrawnOn ?? '')
  const message = early
    ? `The vehicle was made on ${built}; ${approval} holds only from ${validFrom}.`
    : `The vehicle was made on ${built}; ${approval} no longer holds since ${day}.`
  return [finding('APR-101', 'error', 'DateManufactureVehicle', message, { approval, built, day })]
}

/** Vehicles made in time of an approval that ended may be made available for a while (2018/858 Art 49). */
const endOfSeries = (data: ApprovalData, facts: StandingFacts): Finding[] => {
  const { withdrawnOn, endOfSeriesUntil, approval } = data
  const { dateOfManufacture, today, stage = 'C', isCorrection = false } = facts
  if (withdrawnOn !== undefined && dateOfManufacture >= withdrawnOn) return []
  const hasEnded = withdrawnOn !== undefined && today >= withdrawnOn
  // An incomplete vehicle is made available to users when it is completed.
  const months = stage === 'C' ? 12 : 18
  const until = endOfSeriesUntil ?? (hasEnded ? monthsLater(withdrawnOn, months) : undefined)
  if (until === undefined) return []
  const params = { approval, until, today }
  if (today > until) {
    const message = `${approval} has ended; its end-of-series vehicles could be made available until ${until} (2018/858 Art 49).`
    return [finding('APR-102', isCorrection ? 'warning' : 'error', 'TypeApprovalNumber', message, params)]
  }
  if (!hasEnded) return []
  const message = `${approval} has ended; this end-of-series vehicle may be made available until ${until} (2018/858 Art 49).`
  return [finding('APR-103', 'warning', 'TypeApprovalNumber', message, params)]
}

const smallSeries = (data: ApprovalData, facts: StandingFacts): Finding[] => {
  const form = formOfApproval(data)
  const findings: Finding[] = []
  const { runningNumber, builtInYear = 0, category, isCorrection = false } = facts
  const number = 'ProductionSequentialNumberSmallSeries'
  if (runningNumber?.takenBy !== undefined) {
    const { value, takenBy } = runningNumber
    const message = `Number ${value} of the small series belongs to ${takenBy} already. Each vehicle of a year has its own.`
    findings.push(finding('APR-106', 'error', number, message, { number: value, takenBy }))
  }
  if (data.smallSeries === undefined && form !== 'ESS' && form !== 'NSS') return findings
  const year = Number(facts.dateOfManufacture.slice(0, 4))
  const given = data.smallSeries?.year === year ? data.smallSeries : undefined
  if (data.smallSeries && !given) {
    const message = `The quota in the master data is for ${data.smallSeries.year}; the vehicle was made in ${year}. The limit of the law is used.`
    findings.push(finding('APR-105', 'warning', 'ProductionYearSmallSeries', message, { year }))
  }
  const quota = given?.quota ?? legalLimits.get(`${form} ${category.slice(0, 2)}`)
  if (quota === undefined || isCorrection) return findings
  const before = (given?.used ?? 0) + builtInYear
  const counted = /^\d{1,9}$/.test(runningNumber?.value ?? '') ? Number(runningNumber?.value) : 0
  if (before >= quota || counted > quota) {
    const message = `The small series of ${year} may have ${quota} vehicles; this is number ${Math.max(before + 1, counted)} (2018/858 Art 41, 42, Annex V).`
    findings.push(finding('APR-104', 'error', number, message, { quota, year, before }))
  }
  return findings
}

/**
 * How a vehicle stands to its type approval: whether it needs an eCoC, and whether the approval covers it on its days.
 * Pure: what other vehicles did comes with the facts.
 * Codes: APR-101 made outside the validity, APR-102 end of series over, APR-103 end of series running, APR-104 quota of
 * the small series reached, APR-105 quota of another year, APR-106 running number repeated, APR-107 no eCoC is due.
 */
export const approvalStanding = (data: ApprovalData, facts: StandingFacts): Standing => {
  const { duty, why } = dutyOf(data, facts.category, facts.dateOfManufacture, facts.profile)
  const findings = [
    ...builtInTime(data, facts.dateOfManufacture),
    ...endOfSeries(data, facts),
    ...smallSeries(data, facts),
  ]
  if (duty === 'none') {
    const message = `No eCoC is due for this vehicle: ${why} Send one only if the authority asks for it.`
    findings.push(finding('APR-107', 'warning', 'TypeApprovalNumber', message))
  }
  return { duty, why, findings }
}
