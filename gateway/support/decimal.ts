/** Decimals are compared as whole millionths: IVI knows at most six decimals, and binary fractions would lie at the edges. */
const decimal = /^\+?(-?)(\d{1,9})(?:\.(\d{1,6}))?$/
/** Most values are whole; for them this is several times faster. */
const whole = /^\d{1,9}$/
const million = 1_000_000

/**
 * A decimal string such as `73.0` as whole millionths (`73000000`), exact.
 * Undefined for anything that is no decimal with at most nine digits before and six after the point.
 */
export const toMicro = (text: string): number | undefined => {
  if (whole.test(text)) return Number(text) * million
  const match = decimal.exec(text.trim())
  if (match === null) return undefined
  const [, sign, digits = '0', fraction = ''] = match
  const micro = Number(digits) * million + Number(fraction.padEnd(6, '0'))
  return sign === '-' ? -micro : micro
}

/** Whole millionths as the shortest decimal string: `73000000` is `73`, `73500000` is `73.5`. */
export const fromMicro = (micro: number): string => {
  const size = Math.abs(micro)
  const fraction = String(size % million)
    .padStart(6, '0')
    .replace(/0+$/, '')
  const text = `${Math.floor(size / million)}${fraction === '' ? '' : `.${fraction}`}`
  return micro < 0 ? `-${text}` : text
}
