import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import fileDrop from '../../../connectors/access-points/file-drop/access-point.ts'
import { makeDocument } from '../simulated-access-point/harness.ts'
import { makeClient } from './client.ts'
import { openDrop, xmlReply } from './drop-bench.ts'

const nameOf = (reference: string): string => `WEXCAB00000000001_${reference}.xml`

test('a document is put whole under its name, and nothing else', async (t) => {
  const { client, names, read } = await openDrop(t)
  const document = makeDocument()
  t.match(await client.submit(document), { kind: 'answered', reply: { outcome: 'pending' } })
  t.same(names(), [nameOf(document.iviReferenceId)])
  t.ok(read(nameOf(document.iviReferenceId)).equals(document.bytes))
})

test('a file that is there is never overwritten: the same is ours, another is told by its hash', async (t) => {
  const { client, names, read, outbox } = await openDrop(t)
  const document = makeDocument()
  await client.submit(document)
  t.match(await client.submit(document), { reply: { outcome: 'pending' } }, 'sent again')
  const other = makeDocument('other')
  const name = nameOf(document.iviReferenceId)
  writeFileSync(join(outbox, name), other.bytes)
  t.match(await client.submit(document), { reply: { outcome: 'duplicate', sha256: other.sha256 } })
  t.ok(read(name).equals(other.bytes))
  t.same(names(), [name], 'no temporary file is left')
})

test('a link that lies in the way is not followed', async (t) => {
  const { client, folder, outbox } = await openDrop(t)
  const document = makeDocument()
  writeFileSync(join(folder, 'secret'), 'secret')
  symlinkSync(join(folder, 'secret'), join(outbox, nameOf(document.iviReferenceId)))
  t.match(await client.submit(document), { kind: 'not_dispatched', reason: /ELOOP/ })
})

test('where it cannot be put, surely nothing was sent', async (t) => {
  const { client, outbox } = await openDrop(t)
  rmSync(outbox, { recursive: true })
  t.match(await client.submit(makeDocument()), { kind: 'not_dispatched', reason: /^FDR-001.*ENOENT/ })
  t.match(await client.test(), [{ step: 'outbox', ok: false }, { step: 'replies', ok: true }, { step: 'taken' }])
})

test('until there is a reply it waits, wherever the document is', async (t) => {
  const { client, config, outbox, taken } = await openDrop(t)
  const document = makeDocument()
  t.match(await client.query(document), { reply: { outcome: 'not_found' } })
  await client.submit(document)
  t.match(await client.query(document), { reply: { outcome: 'pending' } }, 'it lies there')
  const name = nameOf(document.iviReferenceId)
  renameSync(join(outbox, name), join(taken, name))
  t.match(await client.query(document), { reply: { outcome: 'pending' } }, 'it was taken')
  const blind = { ...config, taken: undefined }
  t.match(await makeClient(fileDrop, blind).query(document), { reply: { outcome: 'not_found' } }, 'nobody can tell')
})

test('the reply file decides', async (t) => {
  const { client, answer } = await openDrop(t)
  const cases = [
    ['<Reply result="OK"><Number>N-1</Number></Reply>', { outcome: 'accepted', reference: 'N-1', messages: [] }],
    ['<Reply result="OK"><Message code="W">odd</Message></Reply>', { outcome: 'accepted_with_warnings' }],
    [
      '<Reply result="NOK"><Message code="E1" path="/A">no mass</Message></Reply>',
      { outcome: 'rejected', messages: [{ code: 'E1', text: 'no mass', path: '/A', severity: 'error' }] },
    ],
    ['<Reply result="PERHAPS"/>', { outcome: 'unreadable', messages: [{ code: 'FDR-102' }] }],
    ['<Reply result="OK">', { outcome: 'unreadable', messages: [{ code: 'FDR-101' }] }],
    ['<!DOCTYPE x><Reply result="OK"/>', { outcome: 'unreadable', messages: [{ code: 'FDR-101' }] }],
    ['', { outcome: 'unreadable' }],
  ] as const
  for (const [content, reply] of cases) {
    const document = makeDocument()
    await client.submit(document)
    answer(`${document.iviReferenceId.toUpperCase()}-answer.xml`, content)
    t.match(await client.query(document), { kind: 'answered', reply }, content)
  }
})

test('a reply that is still written is not read', async (t) => {
  const { client, answer } = await openDrop(t, { ...xmlReply, settle: '200ms' })
  const document = makeDocument()
  answer(`${document.iviReferenceId}.xml`, '<Reply result="OK">')
  const asked = client.query(document)
  await new Promise((resolve) => setTimeout(resolve, 60))
  answer(`${document.iviReferenceId}.xml`, '<Reply result="OK"><Number>1</Number></Reply>')
  t.match(await asked, { reply: { outcome: 'pending' } })
  t.match(await client.query(document), { reply: { outcome: 'accepted' } })
})

test('with a ready marker the marker decides when', async (t) => {
  const { client, answer } = await openDrop(t, { ...xmlReply, name: '{iviReferenceId}*', readyMarker: '{name}.ok' })
  const document = makeDocument()
  answer(`${document.iviReferenceId}.xml`, '<Reply result="OK"/>')
  t.match(await client.query(document), { reply: { outcome: 'pending' } })
  answer(`${document.iviReferenceId}.xml.ok`, '')
  t.match(await client.query(document), { reply: { outcome: 'accepted' } })
})

test('replies may be JSON or text', async (t) => {
  const json = await openDrop(t, {
    name: '{iviReferenceId}.json',
    format: 'json',
    outcomes: [
      { outcome: 'accepted', when: 'result.state=OK' },
      { outcome: 'rejected', when: 'errors.*.code' },
    ],
    reference: 'result.number',
    messages: { each: 'errors.*', code: 'code', text: 'what' },
    settle: '0ms',
  })
  const documents = [makeDocument(), makeDocument(), makeDocument()] as const
  const answers = [{ result: { state: 'OK', number: 7 } }, { errors: [{ code: 'E', what: 'no' }] }, ['OK']]
  for (const [i, d] of documents.entries()) json.answer(`${d.iviReferenceId}.json`, JSON.stringify(answers[i]))
  t.match(await json.client.query(documents[0]), { reply: { outcome: 'accepted', reference: '7' } })
  const refused = { reply: { outcome: 'rejected', messages: [{ code: 'E', text: 'no', severity: 'error' }] } }
  t.match(await json.client.query(documents[1]), refused)
  t.match(await json.client.query(documents[2]), { reply: { outcome: 'unreadable' } })
  const both = { result: { state: 'OK' }, errors: [{ code: 'E' }] }
  json.answer(`${documents[0].iviReferenceId}.json`, JSON.stringify(both))
  t.match(await json.client.query(documents[0]), { reply: { outcome: 'unreadable', messages: [{ code: 'FDR-103' }] } })

  const text = await openDrop(t, {
    name: '{iviReferenceId}.txt',
    format: 'text',
    encoding: 'windows-1252',
    outcomes: [
      { outcome: 'accepted', when: '^status: angenommen$' },
      { outcome: 'rejected', when: '^status: abgelehnt$' },
    ],
    reference: '^vorgang: (\\S+)$',
    messages: { each: '^fehler (?<code>\\d+): (?<text>.+)$' },
    settle: '0ms',
  })
  const document = makeDocument()
  const lines = 'Status: abgelehnt\nVorgang: V-9\nFehler 12: Länge fehlt\nFehler 13: Höhe fehlt\n'
  text.answer(`${document.iviReferenceId}.txt`, Buffer.from(lines, 'latin1'))
  t.match(await text.client.query(document), {
    reply: {
      outcome: 'rejected',
      reference: 'V-9',
      messages: [
        { code: '12', text: 'Länge fehlt' },
        { code: '13', text: 'Höhe fehlt' },
      ],
    },
  })
})

test('values never lead out of the folder, and names must tell documents apart', async (t) => {
  const { config, names, outbox } = await openDrop(t, xmlReply, { name: '{vin}.{iviReferenceId}.xml' })
  mkdirSync(join(outbox, '..', 'x'))
  const document = makeDocument()
  await makeClient(fileDrop, config, { facts: { vin: '../x/..' } }).submit(document)
  t.same(names(), [`___x___.${document.iviReferenceId}.xml`])
  for (const name of [
    '{vin}.xml',
    '../{iviReferenceId}.xml',
    '.{iviReferenceId}',
    '{iviReferenceId}/a.xml',
    '{secret}',
  ])
    t.notOk(fileDrop.config.safeParse({ ...config, name }).success, name)
  const reply = { ...xmlReply, outcomes: [{ outcome: 'accepted', when: '/Reply[' }] }
  t.notOk(fileDrop.config.safeParse({ ...config, reply }).success, 'an XPath that does not compile')
})
