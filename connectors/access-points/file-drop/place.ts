/** A file as it lies somewhere. */
export interface Entry {
  readonly name: string
  readonly size: number
  /** Changes when the file does. */
  readonly version: string
}

/** Where documents are put and answers lie: a file system here, or one behind SFTP. */
export interface Place {
  /** Plain files only: links and folders are left alone. */
  list(folder: string): Promise<readonly Entry[]>
  /** At most `maxBytes + 1` bytes, so that too large a file shows; undefined when there is none. */
  read(folder: string, name: string, maxBytes: number): Promise<Buffer | undefined>
  /**
   * Puts a file, whole or not at all, never over one that is there.
   * @param mayLie told `true` just before the file gets its final name: from then on it may have been taken; and `false` when
   * it surely did not get it
   * @returns false when there is one of that name
   */
  put(folder: string, name: string, bytes: Buffer, mayLie: (may: boolean) => void): Promise<boolean>
  close(): void
}
