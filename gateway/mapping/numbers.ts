import { formatDecimal, parseDecimal, type Rounding, roundTo, trimFraction } from './decimal.ts'
import { makeConversion } from './units.ts'

export interface NumberReading {
  readonly mark: ',' | '.'
  readonly unit: { readonly from: string; readonly to: string } | undefined
  /** How digits that the element does not hold are rounded off; without it they are refused. */
  readonly round: Rounding | undefined
  /** Fraction digits the element holds; undefined for any number. */
  readonly digits: number | undefined
}

/** Makes the reader from a record's number to xs:decimal text: exact, rounded only where that is declared. */
export const makeNumberReader = ({
  mark,
  unit,
  round,
  digits,
}: NumberReading): ((text: string) => string | { readonly code: string; readonly message: string }) => {
  const convert = unit && unit.from !== unit.to ? makeConversion(unit.from, unit.to) : undefined
  const notANumber = {
    code: 'MAP-102',
    message: `it is no number with ${mark === ',' ? 'a decimal comma' : 'a decimal point'}.`,
  }
  return (text) => {
    const read = parseDecimal(text, mark)
    if (!read) return notANumber
    let value = convert ? convert(read) : read
    if (digits !== undefined && value.scale > digits) {
      value = trimFraction(value)
      if (value.scale > digits) {
        if (round === undefined)
          return {
            code: 'MAP-105',
            message: `${unit ? `in ${unit.to} it is` : 'it is'} ${formatDecimal(value).slice(0, 40)}, which has more than ${digits} decimals, and the mapper declares no rounding.`,
          }
        value = roundTo(value, digits, round)
      }
    }
    return formatDecimal(value)
  }
}
