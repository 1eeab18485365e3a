import { z } from 'zod'
import type { ApprovalData } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { makeDateReader } from '../support/date-pattern.ts'
import { normaliseValues } from './approval-values.ts'

/** Where in an entry something is wrong: keys and 0-based rows, such as `['values', 'Width']`. */
export type EntryPath = readonly (string | number)[]
export type ReportFault = (code: string, path: EntryPath, message: string) => void

const isDay = makeDateReader('YYYY-MM-DD')
const day = z.string().refine((v) => isDay(v) !== undefined, 'a day such as 2026-07-05 is expected')
const count = z
  .string()
  .regex(/^\d{1,7}$/, 'a whole number is expected')
  .transform(Number)

const entryFormat = z
  .strictObject({
    approval: z
      .string()
      .regex(
        /^[a-z]{1,2}\d{1,2}\*[^*]{1,20}\*[^*]{1,12}\*\d{2}$/,
        'a type-approval number such as e4*2018/858*00001*00 is expected',
      ),
    type: z.string().min(1).max(15),
    variant: z.string().min(1).max(25),
    version: z.string().min(1).max(35),
    validFrom: day,
    values: z.record(z.string(), z.unknown()),
    facts: z.record(z.string(), z.string().min(1)).optional(),
    status: z.enum(['valid', 'withdrawn']).optional(),
    withdrawnOn: day.optional(),
    endOfSeriesUntil: day.optional(),
    smallSeries: z.strictObject({ quota: count, year: count, used: count.optional() }).optional(),
    eCoC: z
      .strictObject({ duty: z.enum(['obligatory', 'voluntary', 'none']), why: z.string().min(1).max(300) })
      .optional(),
  })
  .refine((e) => (e.status === 'withdrawn') === (e.withdrawnOn !== undefined), {
    message: 'status: withdrawn and withdrawnOn go together',
    path: ['status'],
  })
  .refine((e) => e.withdrawnOn === undefined || isDay(e.validFrom) === undefined || e.withdrawnOn >= e.validFrom, {
    message: 'the approval cannot end before it begins (validFrom)',
    path: ['withdrawnOn'],
  })

const asGroup = (node: unknown): Record<string, never> =>
  typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Record<string, never>) : {}

const defined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never

/**
 * Makes master data of an entry as it was written down, in whatever format: plain objects, lists and texts.
 * Type, Variant, Version, TypeApprovalNumber and DesignatedTypeApprovalCountry follow from the entry itself; where
 * `values` gives them they must agree.
 * @returns undefined when anything is wrong; each fault is reported: MAP-202 shape, MAP-203 value, MAP-204 contradiction
 */
export const makeEntry = (entry: unknown, report: ReportFault): ApprovalData | undefined => {
  const parsed = entryFormat.safeParse(entry)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : []
      const at = [...issue.path.map((p) => (typeof p === 'number' ? p : String(p))), ...key]
      report('MAP-202', at, `${at.join('.') || 'The entry'}: ${issue.message}`)
    }
    return undefined
  }
  const { values, facts = {}, ...identity } = parsed.data
  const verdict = { good: true }
  const tree = normaliseValues(values, (below, message) => {
    verdict.good = false
    report('MAP-203', ['values', ...below], message)
  })
  const coc = { ...asGroup(tree['CocDataGroup']) } as IviTree
  const header = { ...asGroup(tree['Header']) } as IviTree
  const agree = (group: IviTree, holder: string, name: string, value: string): void => {
    if (group[name] !== undefined && group[name] !== value) {
      verdict.good = false
      // It may stand under its own name or inside its group.
      const path = Object.hasOwn(values, name) ? ['values', name] : ['values', holder, name]
      report('MAP-204', path, `${name} must be ${value}, as the entry itself says.`)
    }
    group[name] = value
  }
  agree(coc, 'CocDataGroup', 'Type', identity.type)
  agree(coc, 'CocDataGroup', 'Variant', identity.variant)
  agree(coc, 'CocDataGroup', 'Version', identity.version)
  agree(coc, 'CocDataGroup', 'TypeApprovalNumber', identity.approval)
  const state = identity.approval.slice(0, identity.approval.indexOf('*'))
  agree(header, 'Header', 'DesignatedTypeApprovalCountry', state)
  if (!verdict.good) return undefined
  const { smallSeries, ...rest } = defined(identity)
  return {
    ...rest,
    ...(smallSeries ? { smallSeries: defined(smallSeries) } : {}),
    values: { ...tree, Header: header, CocDataGroup: coc },
    facts,
  }
}
