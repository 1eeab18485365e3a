import { compileMappers } from '../config/load-mappers.ts'
import { GatewayError } from '../contract/index.ts'
import type { Releases } from '../ivi/releases/releases.ts'
import type { Mapper, MapperText } from '../mapping/mapper.ts'
import type { MapperProposalRow, MapperReleaseRow } from '../store/tables.ts'
import type { Store } from '../store/store.ts'
import { hashOfFiles } from './drafts.ts'

type Stored = Pick<MapperReleaseRow, 'mapper' | 'files' | 'sha256'> & Partial<Pick<MapperReleaseRow, 'number'>>

export const filesOf = (row: Pick<MapperProposalRow, 'files'>): readonly MapperText[] =>
  JSON.parse(row.files) as MapperText[]

/**
 * Compiles a mapper from its stored text.
 * @throws GatewayError WRK-003 when it is not the text that was stored, MAP-0xx when this gateway cannot compile it
 */
export const storedMapper = (row: Stored, releases: Releases): Mapper => {
  const label = `${row.mapper} ${row.number === undefined ? '(proposed)' : `release ${row.number}`}`
  const files = filesOf(row)
  const mapper = compileMappers(
    files.map(({ yaml, variants }) => ({ file: label, yaml, ...(variants === '' ? {} : { variants }) })),
    releases,
  ).get(row.mapper)
  if (mapper && hashOfFiles(files) === row.sha256) return mapper
  throw new GatewayError({
    kind: 'security',
    code: 'WRK-003',
    message: `The stored text of ${label} is not what was stored: its hash differs.`,
    hint: 'The database file is damaged or was changed by hand. Restore the latest backup.',
  })
}

/** The mappers that run where releases decide: the latest release of each. */
export const releasedMappers = async (store: Store, releases: Releases): Promise<Map<string, Mapper>> =>
  new Map((await store.mapperReleases.latestOfAll()).map((row) => [row.mapper, storedMapper(row, releases)]))
