/** A line of the printed table: a figure beside what it is to be measured by. */
export interface Line {
  readonly what: string
  readonly ours: string
  readonly peer: string
  readonly note: string
}

/** A number as people read it: three significant digits below 1,000, grouped thousands above; `–` for none. */
export const figure = (value: number, unit = ''): string => {
  if (!Number.isFinite(value)) return '–'
  const text =
    Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
  return unit === '' ? text : `${text} ${unit}`
}

/** Lines in columns as wide as their widest cell. */
export const table = (lines: readonly Line[]): string => {
  const head: Line = { what: 'figure', ours: 'ours', peer: 'limit or peer', note: '' }
  const all = [head, ...lines]
  const width = (key: keyof Line): number => Math.max(...all.map((line) => line[key].length))
  const [what, ours, peer] = [width('what'), width('ours'), width('peer')]
  const row = (line: Line): string =>
    `${line.what.padEnd(what)}  ${line.ours.padStart(ours)}  ${line.peer.padStart(peer)}  ${line.note}`.trimEnd()
  return [row(head), '-'.repeat(what + ours + peer + 4), ...lines.map(row)].join('\n')
}
