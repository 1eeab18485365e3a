/** A VIN in its three parts (ISO 3779: maker, description, number), so that the number can be read at a glance. */
export const vinParts = (vin: string): readonly [string, string, string] => [
  vin.slice(0, 3),
  vin.slice(3, 9),
  vin.slice(9),
]

/** A hash short enough to compare by eye. */
export const shortHash = (hash: string): string => (hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-6)}`)

/** The last two names of an element path: enough to know where it is. */
export const shortPath = (path: string): string => {
  const names = path.split('/').filter((name) => name !== '')
  return names.length <= 2 ? names.join(' / ') || '/' : names.slice(-2).join(' / ')
}

export interface Field {
  readonly name: string
  readonly value: string
}

/** A record's field tree as flat lines: nested names are joined by a dot, list places by an index from 1. */
export const flattenFields = (value: unknown, name = ''): Field[] => {
  if (Array.isArray(value)) return value.flatMap((v, i) => flattenFields(v, `${name}[${i + 1}]`))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([k, v]) => flattenFields(v, name === '' ? k : `${name}.${k}`))
  return [{ name, value: typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value) }]
}
