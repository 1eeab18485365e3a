interface Faulty {
  readonly accessPoints: readonly { readonly signature: { readonly level: string }; readonly timeStamp?: unknown }[]
  readonly trust: { readonly timeStamp?: unknown }
}

/** Access points that want a time stamp where nobody is named who makes it. */
export const signatureFaults = ({ accessPoints, trust }: Faulty): { path: (string | number)[]; message: string }[] =>
  accessPoints.flatMap(({ signature: { level }, timeStamp }, i) =>
    (level === 'T' || level === 'LT') && timeStamp === undefined && trust.timeStamp === undefined
      ? [
          {
            path: ['accessPoints', i, 'signature', 'level'],
            message: `level ${level} needs a time-stamping authority: set trust.timeStamp, or timeStamp here`,
          },
        ]
      : [],
  )
