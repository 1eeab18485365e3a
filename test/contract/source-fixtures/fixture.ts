/** What a source's contract test needs of the world behind it. One file per connector, named like its folder. */
export interface SourceFixture {
  readonly config: unknown
  /** Settings that surely do not work: nothing is there. */
  readonly brokenConfig: unknown
  /** Puts a file there as a builder's ERP would. */
  put(name: string, content: Buffer): Promise<void>
  /** Puts other bytes of the same length there without a newer time, where the source has times. */
  replaceUnseen(name: string, content: Buffer): Promise<void>
  /** The content as it lies there; undefined when there is none. */
  look(name: string): Promise<Buffer | undefined>
  lookInArchive(name: string): Promise<Buffer | undefined>
  /** Every name that lies there, temporary ones too. */
  names(): Promise<readonly string[]>
  /** Things that are no items: links, folders, pipes. Returns a name whose content lies outside, and how to look at it. */
  putOddities(): Promise<{ readonly linkName: string; readonly outside: () => Promise<string> }>
  /** The whole place is gone, and comes back. */
  vanish(): Promise<() => Promise<void>>
  close(): Promise<void>
}
