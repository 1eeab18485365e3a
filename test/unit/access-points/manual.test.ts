import { test } from 'tap'
import manual from '../../../connectors/access-points/manual/access-point.ts'
import { RECORDED_REPLY } from '../../../connectors/access-points/manual/recorded-reply.ts'
import { makeDocument } from '../simulated-access-point/harness.ts'
import { makeClient } from './client.ts'

const recorded = (value: unknown, contentType = RECORDED_REPLY) =>
  manual.parse(manual.config.parse({}), {
    status: 200,
    contentType,
    bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  })

test('what a person hands in is the signed document under a name that tells', async (t) => {
  const document = makeDocument()
  const client = makeClient(manual, { fileName: '{vin}-{stage}-{version}.xml' }, { facts: { vin: 'A/../B' } })
  const { bytes, headers } = client.envelope(document)
  t.ok(bytes.equals(document.bytes))
  t.equal(headers['file-name'], 'A____B-2-1.xml')
  t.notOk(manual.config.safeParse({ fileName: '../{vin}.xml' }).success)
})

test('nothing is ever sent', async (t) => {
  t.equal(manual.delivery(manual.config.parse({})).channel, 'hand')
  t.match(await makeClient(manual, {}).submit(makeDocument()), { kind: 'not_dispatched', reason: /^MAN-001/ })
})

test('a recorded answer means what the person says', async (t) => {
  for (const outcome of ['accepted', 'accepted_with_warnings', 'rejected', 'pending'])
    t.match(recorded({ outcome, reference: 'P-7' }), { outcome, reference: 'P-7' })
  t.match(recorded({ outcome: 'rejected', note: 'mass missing', messages: [{ code: '13', text: 'no mass' }] }), {
    messages: [
      { code: '13', text: 'no mass', severity: 'error' },
      { code: '', text: 'mass missing', severity: 'error' },
    ],
  })
  const attachment = { name: 'receipt.pdf', sha256: 'ab' }
  t.match(recorded({ outcome: 'accepted', attachment }), { outcome: 'accepted', sha256: undefined })
})

test('a paper alone, or a word nobody knows, is no answer', async (t) => {
  t.match(recorded('%PDF-1.7 accepted', 'application/pdf'), { outcome: 'unreadable', messages: [{ code: 'MAN-101' }] })
  t.match(recorded({ outcome: 'accepted' }, 'application/json'), { outcome: 'unreadable' })
  for (const wrong of ['', '[]', 'null', { outcome: 'fine' }, { outcome: 'not_found' }, { reference: 'P-1' }])
    t.match(recorded(wrong), { outcome: 'unreadable', messages: [{ code: 'MAN-102' }] })
})
