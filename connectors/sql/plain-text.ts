/** A value of a driver as text, where it keeps every digit as it is. */
export const plainText = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}
