import { test } from 'tap'
import { makeDocument, openSimulator } from './harness.ts'

const simulator = await openSimulator()
test('behaviours of the simulated access point', async (t) => {
  t.teardown(() => simulator.close())
  const client = simulator.client({ timeout: '1500ms' })
  const countOf = async (reference: string) =>
    (await simulator.accepted()).filter((a) => a.iviReferenceId === reference).map((a) => a.count)

  await t.test('accepts a good document and keeps its exact bytes by hash', async (t) => {
    const document = makeDocument()
    const first = await client.submit(document)
    t.match(first, { next: 'accepted', reply: { iviReferenceId: document.iviReferenceId, sha256: document.sha256 } })
    t.match(first.receipt?.reference, /^SAP-\d{8}$/)
    t.match((await simulator.accepted()).at(-1), {
      vin: 'YARTN2EVHDTEST123',
      version: 1,
      count: 1,
      sha256: document.sha256,
    })
  })

  for (const [soapVersion, word] of [
    ['1.1', 'text/xml'],
    ['1.2', 'application/soap+xml'],
  ] as const) {
    await t.test(`speaks SOAP ${soapVersion}`, async (t) => {
      t.match(await simulator.client({ soapVersion }).submit(makeDocument()), { next: 'accepted' })
      t.match(await simulator.client({ soapVersion }).submit(makeDocument('bad-rule')), { next: 'rejected' })
      await simulator.behave('soap-fault')
      t.match(await simulator.client({ soapVersion }).submit(makeDocument()), { reply: { outcome: 'technical' } }, word)
      await simulator.behave('accept')
    })
  }

  await t.test('the same bytes again are a duplicate with our hash, and count stays 1', async (t) => {
    const document = makeDocument()
    await client.submit(document)
    const again = await client.submit(document)
    t.match(again, { next: 'accepted', reply: { outcome: 'duplicate', sha256: document.sha256 } })
    t.same(await countOf(document.iviReferenceId), [1])
  })

  await t.test('the same reference with other content is a duplicate with the hash it holds: held', async (t) => {
    const document = makeDocument()
    await client.submit(document)
    const other = makeDocument('other', document.iviReferenceId)
    t.match(await client.submit(other), { next: 'hold', reply: { outcome: 'duplicate', sha256: document.sha256 } })
  })

  for (const [word, code] of [
    ['bad-schema', 'SCH-TYPE-001'],
    ['bad-rule', 'CHK-X-001'],
    ['bad-signature', 'SIM-SIGN-001'],
    ['bad-trust', 'SIM-TRUST-001'],
    ['bad-signer', 'SIM-TRUST-002'],
  ] as const) {
    await t.test(`rejects ${word} with its code, and does not keep it`, async (t) => {
      const document = makeDocument(word)
      const answer = await client.submit(document)
      t.match(answer, { next: 'rejected', receipt: { outcome: 'rejected', messages: [{ code, severity: 'error' }] } })
      t.same(await countOf(document.iviReferenceId), [])
    })
  }

  await t.test('a rejection carries text and path through the wire', async (t) => {
    const answer = await client.submit(makeDocument('bad-schema'))
    t.match(answer.receipt?.messages[0], { text: 'wrong <type> & more', path: '/A/B[2]' })
  })

  const scripted = async (behaviour: string, document = makeDocument()) => {
    await simulator.behave(behaviour)
    const answer = await client.submit(document)
    await simulator.behave('accept')
    return { answer, document, count: await countOf(document.iviReferenceId) }
  }

  await t.test('warn', async (t) => {
    const { answer, document, count } = await scripted('warn')
    t.match(answer, { next: 'accepted_with_warnings', receipt: { messages: [{ severity: 'warning' }] } })
    t.match(await client.query(document), { next: 'accepted_with_warnings' }, 'and says so when asked')
    t.same(count, [1])
  })

  await t.test('reject', async (t) => {
    const { answer, document, count } = await scripted('reject')
    t.match(answer, { next: 'rejected', receipt: { messages: [{ code: 'SIM-REJECT-001' }] } })
    t.same(count, [])
    t.match(await client.submit(document), { next: 'accepted' }, 'it is taken once the behaviour is over')
  })

  await t.test('pending becomes accepted after a second', async (t) => {
    const { answer, document, count } = await scripted('pending')
    t.match(answer, { next: 'awaiting_receipt', receipt: { outcome: 'pending' } })
    t.same(count, [], 'not accepted yet')
    t.match(await client.submit(document), { next: 'awaiting_receipt' }, 'sent again it is still pending')
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    t.match(await client.query(document), { next: 'accepted' })
    t.same(await countOf(document.iviReferenceId), [1])
  })

  for (const behaviour of ['soap-fault', 'http-500']) {
    await t.test(behaviour, async (t) => {
      const { answer, document, count } = await scripted(behaviour)
      t.match(answer, { next: 'ask', reply: { outcome: 'technical' } })
      t.same(count, [])
      await simulator.behave(behaviour)
      const idempotent = await simulator.client({ idempotentByReference: true }).submit(document)
      await simulator.behave('accept')
      t.match(idempotent, { next: 'retry' }, 'retried where the profile allows it')
      t.match(await client.query(document), { next: 'ask', reply: { outcome: 'not_found' } })
    })
  }

  await t.test('reset-before-accept', async (t) => {
    const { answer, count } = await scripted('reset-before-accept')
    t.equal(answer.kind, 'unknown')
    t.same(count, [])
  })

  for (const behaviour of ['reset-after-accept', 'timeout-after-accept', 'malformed-reply', 'wrong-receipt']) {
    await t.test(`${behaviour}: accepted there, unknown here, found by asking`, async (t) => {
      const { answer, document, count } = await scripted(behaviour)
      if (answer.kind === 'answered') t.equal(answer.next, 'ask')
      else t.equal(answer.kind, 'unknown')
      t.same(count, [1])
      t.match(await client.query(document), { next: 'accepted' })
      t.match(await client.submit(document), { next: 'accepted', reply: { outcome: 'duplicate' } })
      t.same(await countOf(document.iviReferenceId), [1])
    })
  }

  await t.test('duplicate-reply to a first submission', async (t) => {
    const { answer, count } = await scripted('duplicate-reply')
    t.match(answer, { next: 'accepted', reply: { outcome: 'duplicate' } })
    t.same(count, [1])
  })

  await t.test('slow answers after two to three seconds', async (t) => {
    await simulator.behave('slow')
    const [patient, start] = [simulator.client({ timeout: '5s' }), Date.now()]
    t.match(await patient.submit(makeDocument()), { next: 'accepted' })
    t.ok(Date.now() - start >= 1_950 && Date.now() - start < 3_600)
    t.equal((await client.submit(makeDocument())).kind, 'unknown', 'too slow for a short time-out')
    await simulator.behave('accept')
  })

  await t.test('tls-expired: surely nothing was sent', async (t) => {
    const { answer, count } = await scripted('tls-expired')
    t.match(answer, { kind: 'not_dispatched', reason: /CERT_HAS_EXPIRED/ })
    t.same(count, [])
    t.match(await client.submit(makeDocument()), { next: 'accepted' }, 'and the good certificate is back')
  })
})
