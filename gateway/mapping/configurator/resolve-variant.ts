import type { Finding } from '../../contract/finding.ts'
import { compare, parseDecimal } from '../decimal.ts'
import type { Resolution } from '../mapper-format.ts'
import type { Configuration } from './read-characteristics.ts'

/** The variant a configuration is, or why it is none. */
export type Resolved = { readonly rule: Resolution } | { readonly finding: Finding }

const wantedOf = (rule: Resolution, name: string): readonly string[] => [rule.when[name] ?? []].flat()

/** Options with another value than a rule wants. Numbers are compared as numbers: `3500` is `3500.0`. */
const missesOf = (rule: Resolution, { values }: Configuration): string[] =>
  Object.keys(rule.when).filter((name) => {
    const value = values.get(name) ?? ''
    return !wantedOf(rule, name).some((wanted) => isSame(wanted, value))
  })

const isSame = (a: string, b: string): boolean => {
  if (a === b) return true
  const [left, right] = [parseDecimal(a, '.'), parseDecimal(b, '.')]
  return left !== undefined && right !== undefined && compare(left, right) === 0
}

const nameOf = (rule: Resolution): string =>
  `${rule.type}/${rule.variant}/${rule.version}${rule.approval ? ` (${rule.approval})` : ''}`
const validOn = (rule: Resolution, day: string): boolean =>
  (rule.from === undefined || rule.from <= day) && (rule.until === undefined || day <= rule.until)

const finding = (code: string, options: readonly string[], message: string): Finding => ({
  code,
  layer: 'mapping',
  severity: 'error',
  path: `config.${options[0] ?? ''}`,
  message,
  params: { options: options.join(', ') },
})

/**
 * Resolves a configuration to exactly one type, variant and version by its options and the day of manufacture.
 * None (MAP-121) and several (MAP-122) are findings that name the options which decide.
 * @param day YYYY-MM-DD
 */
export const resolveVariant = (rules: readonly Resolution[], configuration: Configuration, day: string): Resolved => {
  const judged = rules.map((rule) => ({ rule, misses: missesOf(rule, configuration), valid: validOn(rule, day) }))
  const fits = judged.filter((j) => j.misses.length === 0 && j.valid).map((j) => j.rule)
  const [only] = fits
  if (only && fits.length === 1) return { rule: only }
  const shown = (names: readonly string[]): string =>
    names.map((name) => `${name}=${configuration.values.get(name) ?? '(nothing)'}`).join(', ')
  if (only) {
    const names = new Set(fits.flatMap((rule) => Object.keys(rule.when)))
    const differ = [...names].filter((n) => new Set(fits.map((rule) => wantedOf(rule, n).join('|'))).size > 1)
    const options = differ.length > 0 ? differ : [...names]
    return {
      finding: finding(
        'MAP-122',
        options,
        `The configuration fits ${fits.map(nameOf).slice(0, 5).join(' and ')}; ${shown(options)} does not tell them apart.`,
      ),
    }
  }
  const late = judged.filter((j) => j.misses.length === 0).map((j) => j.rule)
  if (late.length > 0) {
    const spans = late.map((r) => `${nameOf(r)} from ${r.from ?? 'ever'} until ${r.until ?? 'now'}`)
    return {
      finding: finding(
        'MAP-121',
        ['date'],
        `On ${day || 'no day'} no variant holds for this configuration: ${spans.slice(0, 5).join('; ')}.`,
      ),
    }
  }
  const least = Math.min(...judged.map((j) => j.misses.length))
  const nearest = judged.filter((j) => j.misses.length === least)
  const options = [...new Set(nearest.flatMap((j) => j.misses))]
  const near = nearest
    .slice(0, 5)
    .map(
      ({ rule, misses }) =>
        `${nameOf(rule)} has ${misses.map((n) => `${n}=${wantedOf(rule, n).join(' or ')}`).join(', ')}`,
    )
  return {
    finding: finding('MAP-121', options, `No variant has ${shown(options)}: ${near.join('; ')}.`),
  }
}
