/** What a scan may be. */
export type ScanKind = 'application/pdf' | 'image/png' | 'image/jpeg'

export const maxScanBytes = 20 * 1024 * 1024

const kinds: readonly { readonly kind: ScanKind; readonly begins: Buffer }[] = [
  { kind: 'application/pdf', begins: Buffer.from('%PDF-') },
  { kind: 'image/png', begins: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { kind: 'image/jpeg', begins: Buffer.from([0xff, 0xd8, 0xff]) },
]

/** What a file is by its first bytes, whatever its name says; undefined for anything but PDF, PNG and JPEG. */
export const scanKindOf = (bytes: Buffer): ScanKind | undefined =>
  kinds.find(({ begins }) => bytes.subarray(0, begins.length).equals(begins))?.kind
