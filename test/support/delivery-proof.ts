import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite, { type Database } from 'better-sqlite3'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { type Accepted, SandboxGateway, until } from './sandbox-gateway.ts'

/** Places at which the gateway is killed, and how its store shows from outside that work is there. */
export const places = {
  intake: "SELECT 1 FROM spool WHERE state <> 'settled' LIMIT 1",
  base: "SELECT 1 FROM job WHERE stage = 'base' AND owner IS NOT NULL LIMIT 1",
  mapping: "SELECT 1 FROM job WHERE stage = 'mapping' LIMIT 1",
  stamps: 'SELECT 1 FROM ecoc WHERE ivi_reference_id IS NOT NULL AND signed_sha256 IS NULL LIMIT 1',
  signature: "SELECT 1 FROM job WHERE stage = 'signature' AND owner IS NOT NULL LIMIT 1",
  prepared: "SELECT 1 FROM attempt WHERE state = 'prepared' LIMIT 1",
  dispatched: "SELECT 1 FROM attempt WHERE state = 'dispatched' LIMIT 1",
  unknown: "SELECT 1 FROM ecoc WHERE state = 'outcome_unknown' LIMIT 1",
  receipt: 'SELECT 1 FROM receipt WHERE interpreted = 0 LIMIT 1',
  'write-back': "SELECT 1 FROM write_back WHERE state = 'pending' AND kind = 'receipt' LIMIT 1",
} as const
export type Place = keyof typeof places
export const isPlace = (name: string): name is Place => Object.hasOwn(places, name)
/** `each`: the places take turns from kill to kill. */
export type PlaceOrEach = Place | 'each'
const placeAt = (place: PlaceOrEach, kill: number): Place =>
  place === 'each' ? ((Object.keys(places) as Place[])[kill % Object.keys(places).length] ?? 'dispatched') : place

export interface Proof {
  readonly place: PlaceOrEach
  readonly vehicles: number
  /** Kills at which the store showed the place; the others came at random. */
  readonly hits: number
  readonly kills: number
  readonly faults: readonly string[]
  readonly submits: number
  readonly resent: number
  /** Most calls that an eCoC needed after its last lost answer. */
  readonly mostCycles: number
  readonly seconds: number
}

interface Request {
  readonly operation: string
  readonly vin: string
  readonly messageId: string
  readonly sha256: string
}

/** Waits until the place shows, looking without pause in between turns. @returns whether it did */
const seen = async (db: Database, place: Place, ms: number): Promise<boolean> => {
  const look = db.prepare(places[place]).pluck()
  const end = Date.now() + ms
  while (Date.now() < end) {
    const burst = Date.now() + 20
    while (Date.now() < burst) if (look.get() !== undefined) return true
    await wait(2)
  }
  return false
}

const faultsOf = (vins: readonly string[], accepted: readonly Accepted[], requests: readonly Request[]): string[] => {
  const mine = new Set(vins)
  const own = accepted.filter((a) => mine.has(a.vin))
  const submits = new Map<string, Set<string>>()
  for (const { vin, operation, messageId, sha256 } of requests)
    if (operation === 'submit' && mine.has(vin))
      submits.set(vin, (submits.get(vin) ?? new Set()).add(`${messageId} ${sha256}`))
  return [
    ...vins.filter((vin) => !own.some((a) => a.vin === vin)).map((vin) => `${vin} was lost`),
    ...(own.length === new Set(own.map((a) => a.vin)).size ? [] : ['a VIN was accepted under two references']),
    ...own.filter((a) => a.count !== 1 || a.version !== 1).map((a) => `${a.vin} was processed ${a.count} times`),
    ...[...submits].filter(([, ids]) => ids.size > 1).map(([vin]) => `${vin} was sent again as another message`),
  ]
}

/** Calls after the last lost answer, the most of any eCoC. */
const cyclesOf = (db: Database): number =>
  (db
    .prepare(
      `SELECT max(n) FROM (SELECT count(*) AS n FROM attempt a WHERE a.prepared_at >
         (SELECT max(b.prepared_at) FROM attempt b WHERE b.ecoc_id = a.ecoc_id AND b.state = 'unknown') GROUP BY a.ecoc_id)`,
    )
    .pluck()
    .get() as number | null) ?? 0

export interface ProofOptions {
  readonly vehicles: number
  readonly kills: number
  readonly place: PlaceOrEach
  /** Seeds the access point's cuts and the pauses between kills. */
  readonly seed: number
  readonly firstSerial?: number
  readonly tell?: (line: string) => void
}

/**
 * A real gateway on the sandbox: vehicles come in, a third of the answers is cut after acceptance, and the gateway is killed
 * whenever the place shows in its store. Looks at the access point's own books and at the gateway's.
 */
export const proveDelivery = async (options: ProofOptions): Promise<Proof> => {
  const { vehicles, kills, place, seed, firstSerial = 3001, tell = () => undefined } = options
  const begun = Date.now()
  const gateway = await SandboxGateway.make()
  const vins = Array.from({ length: vehicles }, (_, i) => sampleVin(firstSerial + i))
  let db: Database | undefined
  try {
    await gateway.start()
    db = new Sqlite(join(gateway.data, 'gateway.sqlite'), { readonly: true, timeout: 5_000 })
    for (const vin of vins) await gateway.baseEcoc(vin)
    await gateway.behave('reset-after-accept', 0.3, seed)
    const files = Math.max(1, Math.ceil(vehicles / 250))
    for (let i = 0; i < files; i++)
      await gateway.drop(`batch-${i}.csv`, sampleExport(vins.slice(i * 250, (i + 1) * 250)))
    const through = db.prepare("SELECT count(*) FROM ecoc WHERE state = 'accepted'").pluck()
    let hits = 0
    for (let kill = 1; kill <= kills; kill++) {
      // Spread over the work: each kill waits until its share of the vehicles is through.
      const share = Math.floor((vehicles * 0.8 * (kill - 1)) / kills)
      await until('some more vehicles', 60_000, () => Promise.resolve(Number(through.get()) >= share)).catch(
        () => false,
      )
      await wait((seed * 7919 + kill * 104_729) % 700)
      const here = placeAt(place, kill)
      if (await seen(db, here, 8_000)) hits++
      await gateway.kill()
      tell(`${here}: kill ${kill} of ${kills}, ${(await gateway.accepted()).length} accepted so far`)
      await gateway.start()
    }
    const final = db.prepare("SELECT count(*) FROM ecoc WHERE state = 'accepted' AND vin LIKE ?").pluck()
    // All sample VINs of these serials begin alike, and so do those of the sandbox's own first vehicles.
    const wanted = new Set(vins)
    await until('all accepted in the gateway', 60_000 + vehicles * 500, () => {
      if ((final.get(`${vins[0]?.slice(0, 8) ?? ''}%`) as number) < vehicles) return Promise.resolve(false)
      const done = db?.prepare("SELECT vin FROM ecoc WHERE state = 'accepted'").pluck().all() as string[]
      return Promise.resolve(done.filter((vin) => wanted.has(vin)).length === vehicles)
    })
    const missing = async (): Promise<string[]> => {
      const written = new Set(await gateway.files())
      return vins.filter((vin) => !written.has(`${vin}.receipt.json`))
    }
    const receipts = await until('the receipts', 60_000, async () => (await missing()).length === 0).catch(() => false)
    const requests = (await (await fetch(`${gateway.control}/_control/requests`)).json()) as Request[]
    const submits = requests.filter((r) => r.operation === 'submit' && wanted.has(r.vin)).length
    const faults = faultsOf(vins, await gateway.accepted(), requests)
    const unwritten = receipts ? [] : (await missing()).map((vin) => `no receipt beside the export for ${vin}`)
    const seconds = Math.round((Date.now() - begun) / 1000)
    const told = {
      place,
      vehicles,
      hits,
      kills,
      submits,
      resent: submits - vehicles,
      mostCycles: cyclesOf(db),
      seconds,
    }
    return { ...told, faults: [...faults, ...unwritten] }
  } finally {
    db?.close()
    await gateway.remove()
  }
}
