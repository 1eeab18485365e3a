/** What may be attached: the gateway looks at the first bytes, this only helps to pick. */
export const attachable = '.pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg'

/** The bytes of a file in Base64, as the API takes them. */
export const base64Of = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    // A data URL: what it holds begins after the first comma.
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^[^,]*,/, '')))
    reader.readAsDataURL(file)
  })

/** A size as people read it; at least 1 kB. */
export const sizeText = (bytes: number, locale: string): string => {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  return bytes >= 1_000_000
    ? `${format.format(bytes / 1_000_000)} MB`
    : `${format.format(Math.max(1, Math.round(bytes / 1000)))} kB`
}
