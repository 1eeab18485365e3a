// slow: hundreds of TLS connections, some of them delayed
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import euSoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { makeExpiredCertificate } from '../../../gateway/sandbox/simulated-access-point/expired-certificate.ts'
import { type Fault, startFaultProxy, wireFaults } from '../../fakes/fault-proxy.ts'
import { DeliveryBench } from '../../support/delivery-bench.ts'
import { makeDocument, openSimulator } from '../simulated-access-point/harness.ts'

const hour = 3_600_000

interface Way {
  readonly fault: (connection: number) => Fault
  readonly idempotent: boolean
  readonly terminate?: boolean
  readonly documents: number
}

/** Documents through the proxy to the simulated access point, then through a well one until all is decided. */
const through = async (
  t: { teardown(done: () => unknown): void },
  { fault, idempotent, terminate = false, documents }: Way,
) => {
  const simulator = await openSimulator()
  t.teardown(() => simulator.close())
  const pem = (name: string): Promise<Buffer> => readFile(join(simulator.pki, name))
  const server = { cert: await pem('server.chain.pem'), key: await pem('server.key') }
  const client = { cert: simulator.tls.certificate, key: simulator.tls.key, ca: [await pem('root.crt')] }
  let isWell = false
  const proxy = await startFaultProxy({
    port: Number(new URL(simulator.endpoint).port),
    choose: (n) => (isWell ? { kind: 'none' } : fault(n)),
    ...(terminate ? { terminate: { server, client } } : {}),
  })
  t.teardown(() => proxy.close())
  const endpoint = `https://127.0.0.1:${proxy.port}/ivi`
  const bench = await DeliveryBench.make({ teardown: (done) => t.teardown(done) })
  const config = { endpoint, timeout: '2s', maxProcessing: '15min', idempotentByReference: idempotent }
  bench.connect('point', euSoap, config, simulator.tls)
  const made = Array.from({ length: documents }, () => makeDocument())
  for (const { sha256, iviReferenceId, bytes } of made) {
    const over = { access_point: 'point', signed_sha256: sha256, ivi_reference_id: iviReferenceId }
    await bench.signed(over, bench.now, Buffer.from(bytes))
  }
  const settle = async (): Promise<void> => {
    await bench.runFor(1000)
    isWell = true
    await bench.runFor(24 * hour)
  }
  const verdict = async () => {
    const accepted = await simulator.accepted()
    const own = made.map((m) => accepted.find((a) => a.iviReferenceId === m.iviReferenceId)?.count ?? 0)
    const submits = (await simulator.requests()).filter((r) => r['operation'] === 'submit')
    const sent = new Set(
      submits.map((r) => `${r['iviReferenceId'] ?? ''} ${r['messageId'] ?? ''} ${r['sha256'] ?? ''}`),
    )
    return { states: await bench.store.ecocs.countByState(), counts: new Set(own), messages: sent.size }
  }
  return { bench, proxy, server, simulator, settle, verdict }
}

for (const idempotent of [true, false])
  test(`cut at any byte of the wire in either direction, ${idempotent ? 'an idempotent' : 'any'} access point has each once`, async (t) => {
    const documents = 40
    const { settle, verdict, proxy } = await through(t, { fault: wireFaults(7, 0.7, 9_000), idempotent, documents })
    await settle()
    const kinds = new Set(proxy.done.map((f) => f.kind))
    t.ok(kinds.has('cut') && kinds.has('none'), `faults struck: ${[...kinds].join(', ')}`)
    t.same(await verdict(), { states: { accepted: documents }, counts: new Set([1]), messages: documents })
  })

for (const kind of ['502', '502-before', 'wrong-answer', 'half-answer', 'duplicate-answer'] as const)
  test(`${kind}: nothing is lost or doubled`, async (t) => {
    const { settle, verdict } = await through(t, {
      fault: () => ({ kind }),
      idempotent: false,
      terminate: true,
      documents: 3,
    })
    await settle()
    t.same(await verdict(), { states: { accepted: 3 }, counts: new Set([1]), messages: 3 })
  })

test('an expired certificate: nothing leaves, and it goes on when there is a good one', async (t) => {
  const way = { fault: (): Fault => ({ kind: 'none' }), idempotent: false, terminate: true, documents: 2 }
  const { bench, proxy, server, simulator, settle, verdict } = await through(t, way)
  proxy.present({ ...server, cert: await makeExpiredCertificate(simulator.pki) })
  await bench.runFor(1000)
  t.same(await bench.store.ecocs.countByState(), { signed: 2 })
  t.same(await simulator.requests(), [])
  proxy.present(server)
  await settle()
  t.same(await verdict(), { states: { accepted: 2 }, counts: new Set([1]), messages: 2 })
})

test('nobody at the address: nothing left, and nothing is called unknown', async (t) => {
  const way = { fault: (): Fault => ({ kind: 'none' }), idempotent: false, documents: 2 }
  const { bench, proxy } = await through(t, way)
  await proxy.close()
  await bench.runFor(hour)
  t.same(await bench.store.ecocs.countByState(), { signed: 2 })
  const attempts = await bench.store.attempts.of((await bench.store.ecocs.list({ limit: 1 }))[0]!.id)
  t.ok(attempts.length > 1 && attempts.every((a) => a.state === 'not_sent'))
})
