import { GatewayError, type Instant } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import type { Mapper } from '../mapping/mapper.ts'
import type { MapperProposalRow, MapperReleaseRow } from '../store/tables.ts'
import { event, insert, remove, upsert, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { compareMappers, type MapperDifference } from './compare-mappers.ts'
import { readDraft } from './drafts.ts'
import { runTests, testFileOf, type TestResult } from './run-tests.ts'
import { storedMapper } from './stored-mapper.ts'

/** How many of the latest records a new version is tried on. */
export const triedRecords = 1000

const refuse = (status: number, code: string, message: string, hint?: string): GatewayError =>
  new GatewayError({ kind: 'usage', code, message, params: { status }, ...(hint === undefined ? {} : { hint }) })

/** What runs now is what a change is measured against: the latest release, else the mapper that the gateway loaded. */
const runningMapper = async (name: string, tools: Tools): Promise<Mapper | undefined> => {
  const latest = await tools.store.mapperReleases.latest(name)
  return latest ? storedMapper(latest, tools.releases.releases) : tools.mappers.get(name)
}

const failed = (tests: readonly TestResult[]): readonly TestResult[] => tests.filter((test) => !test.ok)

/**
 * Tries the mapper as it lies in the folder: compiles it, runs its test cases, maps the latest records by it and by what
 * runs now.
 * @throws GatewayError WRK-002 unknown, WRK-004 nothing changed since the latest release, WRK-005 a test case fails, MAP-0xx
 */
const tryDraft = async (name: string, by: string, comment: string, tools: Tools): Promise<MapperProposalRow> => {
  const { store } = tools
  const draft = await readDraft(name, tools)
  const latest = await store.mapperReleases.latest(name)
  if (latest?.sha256 === draft.sha256)
    throw refuse(
      409,
      'WRK-004',
      `${name} is the same text as its release ${latest.number}.`,
      'Change the mapper file first.',
    )
  const tests = await runTests(draft.mapper, testFileOf(draft.file), tools)
  const [first] = failed(tests)
  if (first)
    throw refuse(
      409,
      'WRK-005',
      `${failed(tests).length} of ${tests.length} test cases of ${name} fail, first “${first.name}”: ${first.problems[0] ?? ''}`,
      `Correct the mapper or the test case; ecoc mapper test ${name} shows all.`,
    )
  const running = await runningMapper(name, tools)
  const records = await store.mapperReleases.latestRecords(name, triedRecords)
  const difference = await compareMappers(running ?? draft.mapper, draft.mapper, records, tools)
  return {
    mapper: name,
    version: draft.mapper.version,
    title: draft.mapper.title,
    sha256: draft.sha256,
    files: JSON.stringify(draft.mapper.files),
    tests: JSON.stringify(tests),
    difference: JSON.stringify(difference),
    comment,
    proposed_by: by,
    at: instant(tools.clock()),
  }
}

const summary = ({ sha256, version, tests, difference, comment }: MapperProposalRow): Record<string, unknown> => {
  const { records, changed, nowRefused } = JSON.parse(difference) as MapperDifference
  return {
    sha256,
    version,
    tests: (JSON.parse(tests) as TestResult[]).length,
    records,
    changed,
    nowRefused: nowRefused.records,
    ...(comment === '' ? {} : { comment }),
  }
}

const releaseWrites = (row: MapperReleaseRow): Write[] => [
  insert('mapper_release', row),
  remove('mapper_proposal', { mapper: row.mapper }),
]

const nextNumber = async (name: string, tools: Tools): Promise<number> =>
  ((await tools.store.mapperReleases.latest(name))?.number ?? 0) + 1

/** Where releases decide, the flow runs it from the next vehicle on. */
const activate = (row: MapperReleaseRow, tools: Tools): void => {
  if (tools.config.mappersRelease === 'released') tools.useMapper(storedMapper(row, tools.releases.releases))
}

const isNobody = (actor: string): boolean => actor.startsWith('token:')

/**
 * Keeps the mapper in the folder, tried, for a second person to approve. Takes the place of an earlier proposal.
 * @throws GatewayError WRK-009 where two people are needed and a token that is no person's asks; what `tryDraft` throws
 */
export const proposeMapper = async (
  name: string,
  by: string,
  comment: string,
  tools: Tools,
): Promise<MapperProposalRow> => {
  // Else one person could propose by a nameless token and approve by their own login.
  if (tools.config.fourEyes && isNobody(by))
    throw refuse(
      403,
      'WRK-009',
      `A change of ${name} is proposed by a person (fourEyes); ${by} is none.`,
      'Use a token made with --person, or log in.',
    )
  const row = await tryDraft(name, by, comment, tools)
  const at = row.at
  await tools.store.commit([
    upsert('mapper_proposal', row),
    event({ at, actor: by, type: 'mapper.proposed', subject: name, detail: summary(row) }),
  ])
  return row
}

const release = async (
  proposal: MapperProposalRow,
  by: string,
  at: Instant,
  tools: Tools,
): Promise<MapperReleaseRow> => {
  const number = await nextNumber(proposal.mapper, tools)
  const row: MapperReleaseRow = { ...proposal, number, back_to: null, released_by: by, at }
  const detail = { number, proposedBy: proposal.proposed_by, ...summary(proposal) }
  // It must compile before it is written: what is stored must be able to run.
  storedMapper(row, tools.releases.releases)
  await tools.store.commit([
    ...releaseWrites(row),
    event({ at, actor: by, type: 'mapper.released', subject: row.mapper, detail }),
  ])
  activate(row, tools)
  return row
}

/**
 * Releases the mapper in the folder at once.
 * @throws GatewayError WRK-006 where two people are needed; what `proposeMapper` throws
 */
export const releaseMapper = async (
  name: string,
  by: string,
  comment: string,
  tools: Tools,
): Promise<MapperReleaseRow> => {
  if (tools.config.fourEyes)
    throw refuse(
      409,
      'WRK-006',
      'A mapper is released by two people here (fourEyes).',
      `Propose it: ecoc mapper propose ${name} --by NAME. Another person approves it in the UI.`,
    )
  return release(await tryDraft(name, by, comment, tools), by, instant(tools.clock()), tools)
}

/**
 * Releases what was proposed.
 * @param seen the hash of the text that the person was shown
 * @throws GatewayError WRK-007 nothing is proposed, WRK-008 another text was shown, WRK-009 the same person or no person
 */
export const approveMapper = async (
  name: string,
  by: string,
  seen: string,
  tools: Tools,
): Promise<MapperReleaseRow> => {
  const proposal = await tools.store.mapperReleases.proposal(name)
  if (!proposal) throw refuse(409, 'WRK-007', `No change of ${name} waits for an approval.`)
  if (proposal.sha256 !== seen)
    throw refuse(
      409,
      'WRK-008',
      `Another text of ${name} was shown than the one that is proposed now.`,
      'Look at it again.',
    )
  if (tools.config.fourEyes && (by === proposal.proposed_by || isNobody(by)))
    throw refuse(
      403,
      'WRK-009',
      `${name} was proposed by ${proposal.proposed_by}; another person approves it (fourEyes).`,
      'Ask a colleague with the right to sign off.',
    )
  return release(proposal, by, instant(tools.clock()), tools)
}

/**
 * Brings the text of an earlier release back, as a release of its own: nothing is taken away. One person may do it, since
 * that text was released before.
 * @param to the release before the latest when none is named
 * @throws GatewayError WRK-010 there is no such release
 */
export const rollBackMapper = async (
  name: string,
  to: number | undefined,
  by: string,
  tools: Tools,
): Promise<MapperReleaseRow> => {
  const { mapperReleases } = tools.store
  const latest = await mapperReleases.latest(name)
  const wanted = to ?? (latest?.number ?? 0) - 1
  const earlier = await mapperReleases.get(name, wanted)
  if (!latest || !earlier || earlier.number === latest.number)
    throw refuse(
      409,
      'WRK-010',
      `${name} has no release ${wanted} to go back to; the latest is ${latest?.number ?? 'none'}.`,
    )
  const at = instant(tools.clock())
  const records = await mapperReleases.latestRecords(name, triedRecords)
  const { releases } = tools.releases
  const difference = await compareMappers(
    storedMapper(latest, releases),
    storedMapper(earlier, releases),
    records,
    tools,
  )
  const row: MapperReleaseRow = {
    ...earlier,
    number: latest.number + 1,
    back_to: earlier.number,
    difference: JSON.stringify(difference),
    comment: '',
    released_by: by,
    at,
  }
  const detail = { number: row.number, backTo: earlier.number, ...summary(row) }
  await tools.store.commit([
    ...releaseWrites(row),
    event({ at, actor: by, type: 'mapper.rolled_back', subject: name, detail }),
  ])
  activate(row, tools)
  return row
}
