import type { Vin } from '../contract/ids.ts'

const form = /^[A-HJ-NPR-Z0-9]{17}$/

/** A VIN of a road vehicle: 17 characters without I, O and Q (ISO 3779). */
export const isVin = (text: string): text is Vin => form.test(text)

/** Where a VIN stands among its like: what is common to a series, and the serial number within it. */
export interface SeriesPlace {
  readonly series: string
  readonly serial: string
}

/**
 * Series and serial number: the last six characters count on, the rest is the series. Position 9 belongs to neither, since some
 * makers put a check digit there (ISO 3779, 49 CFR 565).
 */
export const placeOfVin = (vin: Vin): SeriesPlace => ({
  series: vin.slice(0, 8) + vin.slice(9, 11),
  serial: vin.slice(11),
})

export interface VinRange extends SeriesPlace {
  readonly lastSerial: string
  readonly first: Vin
  readonly last: Vin
}

/** @returns what is wrong, as text, when the two do not span a range of one series */
export const vinRange = (first: string, last: string = first): VinRange | string => {
  if (!isVin(first) || !isVin(last)) return `${first}–${last}: a VIN has 17 characters, without I, O and Q.`
  const [from, to] = [placeOfVin(first), placeOfVin(last)]
  if (from.series !== to.series)
    return `${first} and ${last} are not of one series: only the last six characters count on.`
  if (from.serial > to.serial) return `${first} comes after ${last}.`
  return { ...from, lastSerial: to.serial, first, last }
}

/** `VIN` or `VIN-VIN`, as lists have them. */
export const readVinRange = (text: string): VinRange | string => {
  const [first = '', last, ...more] = text
    .trim()
    .toUpperCase()
    .split(/\s*(?:-|–|\.\.)\s*/)
  if (more.length > 0) return `"${text.slice(0, 60)}" is neither a VIN nor a range such as FIRST-LAST.`
  return vinRange(first, last ?? first)
}
