import { GatewayError } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import type { MapperText } from '../mapping/mapper.ts'
import type { MapperProposalRow, MapperReleaseRow } from '../store/tables.ts'
import type { MapperDifference } from './compare-mappers.ts'
import { draftNames, readDraft, hashOfFiles, unknownMapper } from './drafts.ts'
import type { TestResult } from './run-tests.ts'
import { filesOf } from './stored-mapper.ts'

export interface ProposalView {
  readonly version: string
  readonly sha256: string
  readonly comment: string
  readonly proposedBy: string
  readonly at: string
  readonly tests: readonly TestResult[]
  readonly difference: MapperDifference
}
export interface ReleaseView extends ProposalView {
  readonly number: number
  /** The release whose text it brought back. */
  readonly backTo: number | null
  readonly releasedBy: string
}
export interface DraftView {
  readonly version: string | null
  readonly sha256: string | null
  /** Why it cannot be used, where it cannot. */
  readonly problem: string | null
}
export interface MapperStanding {
  readonly name: string
  readonly title: string
  /** What the flow runs: the file in the folder, or a release. */
  readonly runs: {
    readonly from: 'file' | 'release'
    readonly number: number | null
    readonly version: string
    readonly sha256: string
  } | null
  /** As it lies in the folder; null where it is gone. */
  readonly draft: DraftView | null
  /** Number of the latest release, and its hash. */
  readonly latest: { readonly number: number; readonly sha256: string } | null
  readonly isProposed: boolean
}
export interface MapperDetail extends MapperStanding {
  readonly fourEyes: boolean
  /** The files' text as it lies in the folder, or as it was released last where the folder has none. */
  readonly files: readonly MapperText[]
  readonly proposal: (ProposalView & { readonly files: readonly MapperText[] }) | null
  /** Newest first. */
  readonly releases: readonly ReleaseView[]
}

export const proposalView = (row: Omit<MapperProposalRow, 'files'>): ProposalView => ({
  version: row.version,
  sha256: row.sha256,
  comment: row.comment,
  proposedBy: row.proposed_by,
  at: row.at,
  tests: JSON.parse(row.tests) as TestResult[],
  difference: JSON.parse(row.difference) as MapperDifference,
})
export const releaseView = (row: Omit<MapperReleaseRow, 'files'>): ReleaseView => ({
  ...proposalView(row),
  number: row.number,
  backTo: row.back_to,
  releasedBy: row.released_by,
})

const draftOf = async (name: string, tools: Tools) => {
  try {
    const draft = await readDraft(name, tools)
    return { view: { version: draft.mapper.version, sha256: draft.sha256, problem: null }, mapper: draft.mapper }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'WRK-002') return undefined
    return { view: { version: null, sha256: null, problem: error.message }, mapper: undefined }
  }
}

const standingWith = async (name: string, tools: Tools) => {
  const { store, config } = tools
  const running = tools.mappers.get(name)
  const [draft, latest] = [await draftOf(name, tools), await store.mapperReleases.latest(name)]
  if (!running && !draft && !latest) throw unknownMapper(name, [...tools.mappers.keys()])
  const isReleased = config.mappersRelease === 'released'
  const standing: MapperStanding = {
    name,
    title: running?.title ?? draft?.mapper?.title ?? latest?.title ?? name,
    runs: running
      ? {
          from: isReleased ? 'release' : 'file',
          number: isReleased ? (latest?.number ?? null) : null,
          version: running.version,
          sha256: hashOfFiles(running.files),
        }
      : null,
    draft: draft?.view ?? null,
    latest: latest ? { number: latest.number, sha256: latest.sha256 } : null,
    isProposed: (await store.mapperReleases.proposal(name)) !== undefined,
  }
  return { standing, draft, latest, running }
}

/** Every mapper that runs, lies in the folder or was released, by name. */
export const listMappers = async (tools: Tools): Promise<readonly MapperStanding[]> => {
  const released = (await tools.store.mapperReleases.latestOfAll()).map((row) => row.mapper)
  const names = [...new Set([...tools.mappers.keys(), ...(await draftNames(tools)), ...released])].sort()
  const all: MapperStanding[] = []
  for (const name of names) all.push((await standingWith(name, tools)).standing)
  return all
}

/** @throws GatewayError WRK-002 */
export const describeMapper = async (name: string, tools: Tools): Promise<MapperDetail> => {
  const { standing, draft, latest, running } = await standingWith(name, tools)
  const proposal = await tools.store.mapperReleases.proposal(name)
  const history = await tools.store.mapperReleases.history(name)
  return {
    ...standing,
    fourEyes: tools.config.fourEyes,
    files: draft?.mapper?.files ?? (latest ? filesOf(latest) : (running?.files ?? [])),
    proposal: proposal ? { ...proposalView(proposal), files: filesOf(proposal) } : null,
    releases: history.map(releaseView),
  }
}
