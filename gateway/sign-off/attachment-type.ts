/** The largest attachment, bytes. */
export const maxAttachmentBytes = 20 * 1024 * 1024

const kinds: readonly (readonly [string, string])[] = [
  ['application/pdf', '255044462d'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
]

/** What a file is by its first bytes, whatever it is called; undefined for what is none of PDF, PNG, JPEG. */
export const attachmentType = (bytes: Buffer): string | undefined =>
  kinds.find(([, magic]) => bytes.subarray(0, magic.length / 2).equals(Buffer.from(magic, 'hex')))?.[0]

/** A name that is harmless in a header and on a disk: no path, no control or quote sign, at most 120 characters. */
export const attachmentName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[^\p{L}\p{N} ._()-]/gu, '_').replace(/^\.+/, '')
  return plain.slice(-120).trim() || 'attachment'
}
