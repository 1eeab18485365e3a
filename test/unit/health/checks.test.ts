import { X509Certificate } from 'node:crypto'
import { test } from 'tap'
import type { Tools } from '../../../gateway/flow/tools.ts'
import certificates from '../../../gateway/health/checks/certificates.ts'
import clock from '../../../gateway/health/checks/clock.ts'
import config from '../../../gateway/health/checks/config.ts'
import { examplePki } from '../../support/pki.ts'

const pki = await examplePki()
const tools = (parts: object): Tools => parts as Tools
const at =
  (when: number | string): (() => Date) =>
  () =>
    new Date(when)

test('config says what was loaded', async (t) => {
  const found = await config.run(
    tools({
      config: { site: { name: 'Plant' } },
      sources: new Map([['a', {}]]),
      accessPoints: new Map([
        ['b', {}],
        ['c', {}],
      ]),
      mappers: new Map(),
    }),
  )
  t.same(found, [{ about: 'Plant, 1 source, 2 access points, 0 mappers', ok: true }])
})

test('a clock before the newest event is told', async (t) => {
  const run = (now: string, newest: string | undefined) => {
    const head = () => Promise.resolve(newest === undefined ? undefined : { at: newest })
    return clock.run(tools({ clock: at(now), store: { events: { head } } }))
  }
  const time = '2026-11-22T10:00:00.000Z'
  t.same(await run(time, undefined), [{ ok: true }], 'an empty store')
  t.same(await run(time, time), [{ ok: true }])
  t.match(await run(time, '2026-11-22T10:00:00.001Z'), [{ ok: false, issue: /2026-11-22T10:00:00.001Z/ }])
})

test('certificates that end are named', async (t) => {
  const endOf = (name: string): number => Date.parse(new X509Certificate(pki.read(name)).validTo)
  const run = (now: number, anchor = pki.file('root.crt')) => {
    const tls = {
      certificate: pki.read('client.chain.pem'),
      key: Buffer.alloc(0),
      trustAnchors: [pki.read('root.crt')],
    }
    const files = { certificate: 'client.pem', key: 'client.key', trustAnchors: ['root.pem'] }
    return certificates.run(
      tools({
        clock: at(now),
        accessPoints: new Map([['kba', { name: 'kba', tls }]]),
        config: { accessPoints: [{ name: 'kba', tls: files }], trustAnchors: [anchor] },
      }),
    )
  }
  const end = endOf('client.crt')
  const day = 86_400_000
  t.same(
    (await run(end - 31 * day)).map(({ about, ok }) => [about, ok]),
    [
      ['kba, client certificate client.pem', true],
      ['kba, trust anchor root.pem', true],
      [`trust anchor ${pki.file('root.crt')}`, true],
    ],
  )
  const soon = { about: /client.pem/, ok: false, issue: /Example Bodies eCoC Gateway: ends in 28 days/ }
  t.match(await run(end - 29 * day + 1), [soon, { ok: true }, { ok: true }])
  t.match(await run(end + day), [{ ok: false, issue: /Gateway: expired on / }, { ok: true }, { ok: true }])
  const over = { ok: false, issue: /Example Root CA: expired/ }
  t.match(await run(endOf('root.crt') + day), [{ ok: false }, over, over])
  t.match(await run(Date.parse('2020-01-01')), [{ ok: false, issue: /valid only from/ }, {}, { ok: false }])
  t.match(await run(end - 31 * day, '/nowhere/x.crt'), [{}, {}, { ok: false, issue: /cannot be read/ }])
  t.match(await run(end - 31 * day, pki.file('root.key')), [{}, {}, { ok: false, issue: /no X.509/ }])
})
