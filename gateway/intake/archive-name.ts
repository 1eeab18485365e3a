import type { Instant, Sha256 } from '../contract/index.ts'

/** `x.csv` → `x.20261122T103000Z.1a2b3c4d.csv`: carries time and hash, and never collides with the next drop. */
export const archiveName = (key: string, at: Instant, sha256: Sha256): string => {
  const name = key.slice(key.lastIndexOf('/') + 1)
  const stamp = at.replace(/[-:]/g, '').replace(/\.\d+/, '')
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  return `${stem}.${stamp}.${sha256.slice(0, 8)}${extension}`
}
