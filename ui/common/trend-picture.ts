interface Value {
  readonly deviation: number
}
/** A chart of deviations in percent: places are from 0 (left, top) to 1 (right, bottom). */
export interface TrendPicture {
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** Where nothing deviates. */
  readonly zero: number
  readonly mean: number
  readonly recent: number
  /** Left end of the newest vehicles, whose mean is held against that of all before. */
  readonly recentFrom: number
  /** What the axis reaches to, percent. */
  readonly low: number
  readonly high: number
}

const recentCount = 10

/**
 * Lays out the deviations of a variant, oldest left. Zero is always in the picture and the axis never spans less than two
 * percent, so that noise of a good scale does not look like a mountain.
 */
export const trendPicture = (values: readonly Value[], trend: { mean: number; recentMean: number }): TrendPicture => {
  const all = [...values.map(({ deviation }) => deviation), trend.mean, trend.recentMean, 0]
  const [min, max] = [Math.min(...all), Math.max(...all)]
  const spare = Math.max(0, 2 - (max - min)) / 2
  const low = Math.floor((min - spare) * 2) / 2
  const high = Math.ceil((max + spare) * 2) / 2
  const y = (value: number): number => (high - value) / (high - low)
  const x = (i: number): number => (values.length < 2 ? 0.5 : i / (values.length - 1))
  return {
    points: values.map(({ deviation }, i) => ({ x: x(i), y: y(deviation) })),
    zero: y(0),
    mean: y(trend.mean),
    recent: y(trend.recentMean),
    recentFrom: x(Math.max(0, values.length - recentCount)),
    low,
    high,
  }
}

/** Percent with its sign, as people write a deviation: `+1.25 %`. */
export const signedPercent = (value: number, locale: string): string =>
  `${new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 2 }).format(value)} %`
