import { placeOfVin } from '../../base/vin-series.ts'
import type { EcocId } from '../../contract/index.ts'
import type { Contributor } from '../../sign-off/may-decide.ts'
import type { EcocRow, EventRow } from '../../store/tables.ts'
import type { Tools } from '../tools.ts'

type Need = Pick<Tools, 'store' | 'config'>
const mostVersions = 100

/** What people do to the data of an eCoC itself. */
const changes: Readonly<Record<string, string>> = {
  'ecoc.correction_proposed': 'proposed the correction',
  'ecoc.corrected': 'made the correction',
}
/** What people do to the base data of a VIN. */
const ofBase: Readonly<Record<string, string>> = {
  'base.imported': 'brought the base eCoC',
}

const detailOf = (e: EventRow): Readonly<Record<string, unknown>> =>
  JSON.parse(e.detail) as Readonly<Record<string, unknown>>
const named = (name: string): boolean => name !== 'gateway' && name !== 'command line'

/** Who brought the record as it is now: under whatever eCoC of the VIN it came in. */
const pushersOf = async (ecoc: EcocRow, versions: readonly EcocRow[], { store }: Need): Promise<Contributor[]> => {
  const record = await store.ecocs.record(ecoc.id)
  if (!record) return []
  const files = new Set<string>()
  for (const version of versions)
    for (const e of await store.events.of(version.id)) {
      if (!/^record\.(received|replaced)$/.test(e.type)) continue
      const { file, contentSha256 } = detailOf(e)
      if (typeof file === 'string' && contentSha256 === record.content_sha256) files.add(file)
    }
  const taken = await Promise.all([...files].map((file) => store.events.of(file)))
  return taken
    .flat()
    .filter((e) => e.type === 'file.taken')
    .map((e) => ({ name: e.actor, what: 'pushed the record', at: e.at }))
}

const ofEvents = async (subject: string, words: typeof changes, { store }: Need): Promise<Contributor[]> =>
  (await store.events.of(subject)).flatMap((e) => {
    const what = words[e.type]
    return what === undefined ? [] : [{ name: e.actor, what, at: e.at }]
  })

const ofMapper = async (ecoc: EcocRow, { store, config }: Need): Promise<Contributor[]> => {
  if (config.mappersRelease !== 'released' || config.signOff.mapperReleaser === 'may') return []
  const releases = await store.mapperReleases.history(ecoc.mapper)
  const release = releases.find((r) => r.version === ecoc.mapper_version)
  return release === undefined
    ? []
    : [
        { name: release.proposed_by, what: 'proposed the mapper', at: release.at },
        { name: release.released_by, what: 'released the mapper', at: release.at },
      ]
}

/** Where no base eCoC could be had, its data were typed by people. */
const ofSheet = async ({ vin }: EcocRow, { store }: Need): Promise<Contributor[]> => {
  if ((await store.bases.ofVehicle(vin)).length > 0) return []
  const { series, serial } = placeOfVin(vin)
  const sheet = await store.bases.sheetFor(series, serial)
  if (!sheet) return []
  const scan = await store.bases.scan(sheet.id)
  return [
    { name: sheet.entered_by, what: 'typed the base data sheet', at: sheet.entered_at },
    ...(scan ? [{ name: scan.added_by, what: 'attached the scan of the base data sheet', at: scan.at }] : []),
  ]
}

/** Other versions of the vehicle: a corrected eCoC stands on the record that an earlier one came with. */
const versionsOf = async (ecoc: EcocRow, { store }: Need): Promise<EcocRow[]> => {
  const all = await store.ecocs.list({ vin: ecoc.vin, limit: mostVersions })
  return all.some((e) => e.id === ecoc.id) ? all : [ecoc, ...all]
}

/**
 * Who entered or changed what a sign-off is about: the record as it is now, a correction, the base eCoC or its data sheet,
 * the weighing that counts, the mapper. Read anew from the audit chain whenever somebody wants to decide, so nothing that was
 * done in between is missed. What came by itself (a watched folder, a retrieval) was entered by nobody here.
 */
export const contributorsOf = async (ecoc: EcocRow, tools: Need): Promise<Contributor[]> => {
  const { store } = tools
  const versions = await versionsOf(ecoc, tools)
  const chain = new Set<EcocId>([ecoc.id, ...(ecoc.sibling_of ? [ecoc.sibling_of] : [])])
  const weighing = await store.weighings.latest(ecoc.vin)
  const found = [
    ...(await pushersOf(ecoc, versions, tools)),
    ...(await Promise.all([...chain].map((id) => ofEvents(id, changes, tools)))).flat(),
    ...(await ofEvents(ecoc.vin, ofBase, tools)),
    ...(await ofSheet(ecoc, tools)),
    ...(weighing ? [{ name: weighing.recorded_by, what: 'recorded the weighing', at: weighing.at }] : []),
    ...(await ofMapper(ecoc, tools)),
  ]
  return found.filter((c) => named(c.name)).sort((a, b) => a.at.localeCompare(b.at))
}
