import { test } from 'tap'
import gbVca from '../../../connectors/access-points/gb-vca/access-point.ts'
import { startConnectProxy } from '../../fakes/connect-proxy.ts'
import { openVca } from '../../fakes/vca.ts'
import { makeDocument } from '../simulated-access-point/harness.ts'
import { makeClient } from './client.ts'

test('through a proxy: token and document go through tunnels of it', async (t) => {
  const [vca, proxy] = [await openVca(), await startConnectProxy()]
  t.teardown(() => Promise.all([vca.close(), proxy.close()]))
  const client = makeClient(gbVca, vca.config, { proxy: proxy.address })
  t.match(await client.submit(makeDocument()), { kind: 'answered', status: 202 })
  t.ok(proxy.tunnels.length > 0)
})

test('a proxy that opens no tunnel: surely nothing was sent', async (t) => {
  const [vca, proxy] = [await openVca(), await startConnectProxy()]
  t.teardown(() => Promise.all([vca.close(), proxy.close()]))
  const client = makeClient(gbVca, vca.config, { proxy: proxy.address })
  proxy.behaviour.refuse = 403
  t.match(await client.submit(makeDocument()), { kind: 'not_dispatched', reason: /^RST-001/ })
  t.equal(vca.requests().length, 0)
})

test('a server that the trust anchors do not know gets nothing', async (t) => {
  const vca = await openVca()
  t.teardown(() => vca.close())
  const { trustAnchors, ...rest } = vca.config
  t.equal(trustAnchors.length, 1)
  t.match(await makeClient(gbVca, rest).submit(makeDocument()), { kind: 'not_dispatched', reason: /certificate/i })
})
