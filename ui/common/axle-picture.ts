/** One axle as the gateway tells it; decimal strings in kg. */
export interface AxleLoad {
  readonly axle: string
  readonly load: string | null
  readonly distribution: string | null
  readonly permissible: string | null
  readonly basePermissible: string | null
}
export interface Masses {
  readonly actual: string | null
  readonly runningOrder: string | null
  readonly permissible: string | null
  readonly basePermissible: string | null
}

/** A column of the picture: shares are of the tallest thing shown, so that columns can be compared by eye. */
export interface LoadColumn {
  /** Number of the axle; undefined for the whole vehicle. */
  readonly axle: string | undefined
  readonly load: number | undefined
  readonly limit: number | undefined
  readonly baseLimit: number | undefined
  /** Percent of the limit that is used. */
  readonly used: number | undefined
  readonly isOver: boolean
  readonly loadShare: number
  readonly limitShare: number
  readonly baseShare: number
}

const numberOf = (text: string | null): number | undefined => {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}

/** The columns of the picture, axles first and in their order, then the whole vehicle on a scale of its own. */
export const loadColumns = (axles: readonly AxleLoad[], masses: Masses): readonly LoadColumn[] => {
  const column = (
    axle: string | undefined,
    load?: number,
    limit?: number,
    baseLimit?: number,
    top = 1,
  ): LoadColumn => ({
    axle,
    load,
    limit,
    baseLimit: baseLimit === limit ? undefined : baseLimit,
    used: load === undefined || limit === undefined || limit === 0 ? undefined : Math.round((load / limit) * 100),
    isOver: load !== undefined && limit !== undefined && load > limit,
    loadShare: (load ?? 0) / top,
    limitShare: (limit ?? 0) / top,
    baseShare: (baseLimit ?? 0) / top,
  })
  const figures = axles.map((a) => ({
    axle: a.axle,
    // Without a weighing of each axle the distribution of the mass in running order is what is known.
    load: numberOf(a.load) ?? numberOf(a.distribution),
    limit: numberOf(a.permissible),
    base: numberOf(a.basePermissible),
  }))
  const top = Math.max(1, ...figures.flatMap(({ load, limit, base }) => [load ?? 0, limit ?? 0, base ?? 0]))
  const whole = {
    load: numberOf(masses.actual) ?? numberOf(masses.runningOrder),
    limit: numberOf(masses.permissible),
    base: numberOf(masses.basePermissible),
  }
  const wholeTop = Math.max(1, whole.load ?? 0, whole.limit ?? 0, whole.base ?? 0)
  const isKnown = whole.load !== undefined || whole.limit !== undefined
  return [
    ...figures.map(({ axle, load, limit, base }) => column(axle, load, limit, base, top)),
    ...(isKnown ? [column(undefined, whole.load, whole.limit, whole.base, wholeTop)] : []),
  ]
}
