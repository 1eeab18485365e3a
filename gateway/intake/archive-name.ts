import type { Instant, Sha256 } from '../contract/index.ts'

/** Longest file name, in bytes, that every usual file system takes. */
const maxNameBytes = 255

const cut = (text: string, bytes: number): string => {
  let kept = text
  while (Buffer.byteLength(kept) > bytes) kept = Array.from(kept).slice(0, -1).join('')
  return kept
}

/**
 * `x.csv` → `x.20261122T103000Z.1a2b3c4d.csv`: carries time and hash, and never collides with the next drop.
 * A name that would grow too long loses the end of its stem: a file that cannot be put away would stop all behind it.
 */
export const archiveName = (key: string, at: Instant, sha256: Sha256): string => {
  const name = key.slice(key.lastIndexOf('/') + 1)
  const stamp = at.replace(/[-:]/g, '').replace(/\.\d+/, '')
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), cut(name.slice(dot), 32)] : [name, '']
  const mark = `.${stamp}.${sha256.slice(0, 8)}${extension}`
  return `${cut(stem, maxNameBytes - Buffer.byteLength(mark))}${mark}`
}
