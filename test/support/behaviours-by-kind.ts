import { setTimeout as wait } from 'node:timers/promises'
import euSoap from '../../connectors/access-points/eu-soap/access-point.ts'
import fileDrop from '../../connectors/access-points/file-drop/access-point.ts'
import gbVca from '../../connectors/access-points/gb-vca/access-point.ts'
import noVegvesen from '../../connectors/access-points/no-vegvesen/access-point.ts'
import type { AccessPoint, TlsMaterial } from '../../gateway/contract/index.ts'
import { behaviours } from '../../gateway/sandbox/simulated-access-point/behaviour.ts'
import { behaviours as fileBehaviours, openFileExchange } from '../fakes/file-exchange.ts'
import { behaviours as restBehaviours } from '../fakes/fake-register.ts'
import { openVca } from '../fakes/vca.ts'
import { openVegvesen } from '../fakes/vegvesen.ts'
import { makeDocument, openSimulator } from '../unit/simulated-access-point/harness.ts'
import { DeliveryBench } from './delivery-bench.ts'

/** An access point of a kind, with somebody at the other end who misbehaves as told. */
interface Opened {
  readonly connector: AccessPoint
  readonly config: unknown
  readonly tls: TlsMaterial | undefined
  behave(name: string): Promise<unknown>
  accepted(): Promise<readonly { iviReferenceId: string; count: number }[]>
  close(): unknown
}

const soap = (idempotentByReference: boolean) => async (): Promise<Opened> => {
  const simulator = await openSimulator()
  const { endpoint, tls } = simulator
  const config = { endpoint, timeout: '4s', maxProcessing: '15min', idempotentByReference }
  return { ...simulator, connector: euSoap as unknown as AccessPoint, config, tls }
}
type Fake = Awaited<ReturnType<typeof openVca>> | Awaited<ReturnType<typeof openVegvesen>>
const rest = (connector: unknown, open: () => Promise<Fake>) => async (): Promise<Opened> => {
  const fake = await open()
  return {
    connector: connector as AccessPoint,
    ...{ config: fake.config, tls: undefined, close: fake.close },
    behave: (name) => {
      fake.behave(name as never)
      return Promise.resolve()
    },
    accepted: () => Promise.resolve(fake.accepted()),
  }
}

/** The other side works whenever it is looked for an answer. */
const drop = (): Promise<Opened> => {
  const exchange = openFileExchange()
  const connector: AccessPoint = {
    ...(fileDrop as unknown as AccessPoint),
    query: (config, ...rest) => {
      exchange.work()
      return fileDrop.query?.(config as never, ...rest) ?? Promise.reject(new Error('it cannot be asked'))
    },
  }
  return Promise.resolve({
    connector,
    ...{ config: exchange.config, tls: undefined, close: exchange.close },
    behave: (name) => {
      exchange.work()
      exchange.behave(name as never)
      return Promise.resolve()
    },
    accepted: () => Promise.resolve(exchange.accepted()),
  })
}

export const kinds = {
  'eu-soap, idempotent': { open: soap(true), behaviours },
  'eu-soap': { open: soap(false), behaviours },
  'gb-vca': { open: rest(gbVca, openVca), behaviours: restBehaviours },
  'no-vegvesen': { open: rest(noVegvesen, openVegvesen), behaviours: restBehaviours },
  'file-drop': { open: drop, behaviours: fileBehaviours },
} as const
export type Kind = keyof typeof kinds

const hour = 3_600_000

/** What became of a document: the state it ends in, its code, and how often the other end processed it. */
export interface Ending {
  readonly state: string
  readonly code: string | null
  readonly count: number
}

/**
 * Every behaviour on one kind: the document meets it at its first submission; half a minute later the access point is well again.
 * Outcomes it decides on itself (warn, reject) it decides while it behaves so.
 */
export const endingsOf = async (
  t: { teardown(done: () => Promise<void>): void },
  kind: Kind,
): Promise<Map<string, Ending>> => {
  const bench = await DeliveryBench.make(t)
  const opened = await kinds[kind].open()
  t.teardown(async () => {
    await opened.close()
  })
  bench.connect('point', opened.connector, opened.config, opened.tls)
  const endings = new Map<string, Ending>()
  for (const behaviour of kinds[kind].behaviours) {
    await opened.behave(behaviour)
    const { bytes, sha256, iviReferenceId } = makeDocument()
    const over = { access_point: 'point', signed_sha256: sha256, ivi_reference_id: iviReferenceId }
    const { id } = await bench.signed(over, bench.now, Buffer.from(bytes))
    await bench.runFor(30_000)
    // What it decides on later it decides now: a second of theirs is a second of ours.
    if (behaviour === 'pending') await wait(1_200)
    if (behaviour !== 'warn' && behaviour !== 'reject') await opened.behave('accept')
    await bench.runFor(24 * hour)
    const { state, reason_code: code } = await bench.ecoc(id)
    const count = (await opened.accepted()).find((a) => a.iviReferenceId === iviReferenceId)?.count ?? 0
    endings.set(behaviour, { state, code, count })
  }
  return endings
}

/** The rows of the table in docs/submission.md: behaviour → kind → cell. */
export const documentedEndings = (page: string): Map<string, Map<string, string>> => {
  const lines = page.split('\n')
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((c) => c.trim().replaceAll('`', ''))
  const head = lines.findIndex((line) => line.startsWith('| behaviour |'))
  const names = cells(lines[head] ?? '').slice(1)
  const end = lines.findIndex((line, i) => i > head && !line.startsWith('|'))
  return new Map(
    lines.slice(head + 2, end).map((line) => {
      const [behaviour = '', ...states] = cells(line)
      return [behaviour, new Map(names.map((name, i) => [name, states[i] ?? '']))]
    }),
  )
}
