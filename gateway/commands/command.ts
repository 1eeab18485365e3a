import type { GatewayError } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import type { Environment } from '../support/environment.ts'

/** Where a command writes and from where it reads names of files. */
export interface Io {
  readonly cwd: string
  readonly environment: Environment
  /** A line on standard output. */
  out(line: string): void
  /** A line on standard error. */
  err(line: string): void
}

/**
 * One subcommand of `ecoc`. A file in this folder with a default export of this type is a command; nothing else is to
 * be edited. `here` needs no data folder. `data` works on the data folder: inside the running gateway if there is one.
 */
export type Command = { readonly summary: string; readonly usage: string } & (
  | { readonly where: 'here'; run(argv: string[], io: Io): Promise<number> }
  | {
      readonly where: 'data'
      /** Whether it needs the sandbox's access point. */
      readonly needsAccessPoint?: boolean
      run(argv: string[], io: Io, data: OpenData): Promise<number>
      /** Asked when the configuration is refused, so that there is no data folder. @returns the exit code, if it answers */
      refused?(error: GatewayError, argv: string[], io: Io): number | undefined
    }
)

/** Exit codes (README, "Commands"). */
export const exit = { yes: 0, no: 1, usage: 2, operational: 3 } as const
