/**
 * What the suite asks of every source (test/contract/connector-*.ts). A fixture that cannot offer one says why in `waivers`;
 * each waiver stands in test/contract/source-waivers.json too, which may only become shorter.
 */
export type Behaviour =
  /** Links, folders and pipes are no items. Waived where the source knows none. */
  | 'links'
  /** Names with `..`, a slash or a zero byte never escape. */
  | 'names'
  /** Something else of the same name, size and time is not taken for the item. */
  | 'replaced'
  /** `vanish`: the whole place is gone for a while. */
  | 'gone'
  /** `loseRights`: it lets us in no more, or not look. */
  | 'rights'
  /** `refuseWriting`: it lets us look, and not write. */
  | 'refused'
  /** `rotate`: another password or key counts from now on. */
  | 'rotated'
  /** `hang`: connections stay open and nothing answers. */
  | 'hangs'
  /** A large item flows through, whoever is slow. */
  | 'huge'
  /** Ten thousand items or rows. */
  | 'many'
  /** Through the core: half-written, renamed, touched. */
  | 'flow'
  /** Rows: a status beside the record. */
  | 'status'

/** Makes a fault; the returned function ends it. */
export type Fault = () => Promise<() => Promise<void>>

interface CommonFixture {
  readonly config: unknown
  /** Settings that surely do not work: nothing is there. */
  readonly brokenConfig: unknown
  readonly waivers?: Readonly<Partial<Record<Behaviour, string>>>
  /** The whole place is gone, and comes back. */
  vanish: Fault
  readonly loseRights?: Fault
  readonly refuseWriting?: Fault
  readonly hang?: Fault
  /** The server takes another password or key from now on; the returned function puts it into the connector's file. */
  readonly rotate?: Fault
  close(): Promise<void>
}

/** What a source's contract test needs of the world behind it. One file per connector, named like its folder. */
export interface SourceFixture extends CommonFixture {
  /** Puts a file there as a builder's ERP would. */
  put(name: string, content: Buffer): Promise<void>
  /** Puts other bytes there without a newer time, where the source has times. */
  replaceUnseen(name: string, content: Buffer): Promise<void>
  /** The content as it lies there; undefined when there is none. */
  look(name: string): Promise<Buffer | undefined>
  lookInArchive(name: string): Promise<Buffer | undefined>
  /** Every name that lies there, temporary ones too. */
  names(): Promise<readonly string[]>
  /** Things that are no items: links, folders, pipes. Returns a name whose content lies outside, and how to look at it. */
  putOddities(): Promise<{ readonly linkName: string; readonly outside: () => Promise<string> }>
  /** Gives a file another name, as somebody at the source would; its time stays where the source lets it. */
  readonly rename?: (from: string, to: string) => Promise<void>
  /** Sets the time that the source tells of a file; absent where nobody can. */
  readonly setTime?: (name: string, seconds: number) => Promise<void>
  /** Puts a file of so many zero bytes there. Absent: `put` does. */
  readonly putHuge?: (name: string, bytes: number) => Promise<void>
}

/** The world behind a source of rows. Its columns: `NO` (the key), `VIN`, `MASS`; more are its own business. */
export interface RowsFixture extends CommonFixture {
  /** Adds or changes rows as the source's own program would; one call gives all of them the same new stamp. */
  put(rows: readonly { readonly NO: string; readonly VIN: string; readonly MASS: string }[]): Promise<void>
  /** The status as it stands at the source, by its words (`coc_status` …); undefined when there is none. */
  status(no: string): Promise<Readonly<Record<string, string>> | undefined>
  /** Rows whose settling shows at the source; absent where the source keeps no flag. */
  readonly settled?: () => Promise<readonly string[]>
}

/** The world behind a source that calls us. */
export interface PushFixture extends CommonFixture {
  /** A call that proves who it is, and the same with its proof spoilt. */
  readonly calls?: () => Promise<{ readonly good: PushCall; readonly bad: readonly PushCall[] }>
}

export interface PushCall {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly clientCertificate?: string | undefined
}

/** A fixture's file exports `openFixture`, or several by name as `fixtures` (the dialects of a database). */
export interface FixtureModule<F> {
  readonly openFixture?: () => Promise<F>
  readonly fixtures?: Readonly<Record<string, () => Promise<F>>>
}
