// slow: a real gateway in this process
import { test } from 'tap'
import { type Answer, openInProcess } from '../../support/gateway-in-process.ts'

const drifted = { MASS_RO: '2,970', MASS_ACT: '2,970' }
const pdf = Buffer.from('%PDF-1.7 a ticket').toString('base64')

test('each way a sign-off goes', async (t) => {
  const g = await openInProcess(t, { secondAbove: { percent: undefined, codes: ['DRF-WB-001'] } })
  const [erp, quality, second, weigher] = await Promise.all([
    g.token('erp', 'ingest', false),
    g.token('quinn', 'quality'),
    g.token('ana', 'approver'),
    g.token('otto', 'operator'),
  ])
  const open = async (row = {}) => {
    const vin = await g.vehicle()
    t.equal((await g.push(erp, vin, row)).status, 202)
    const ecoc = await g.settled(vin)
    return { vin, id: ecoc.id, ecoc }
  }
  const shown = async (id: string): Promise<Answer['body']> =>
    (await g.call(quality, 'GET', `/ecocs/${id}/sign-off`)).body
  const decide = (token: string, id: string, view: Answer['body'], decision: string, more = {}) =>
    g.call(token, 'POST', `/ecocs/${id}/sign-off`, {
      ...{ decision, documentSha256: view.documentSha256, shownSha256: view.shownSha256, ...more },
    })

  await t.test('a vehicle that fits is signed without anybody', async (t) => {
    const { ecoc } = await open()
    t.equal(ecoc.state, 'signed', `${ecoc.reason}`)
  })

  await t.test('drift shows everything, is approved by quality, and signed', async (t) => {
    const { id, vin, ecoc } = await open(drifted)
    t.equal(ecoc.state, 'awaiting_signoff', `${ecoc.reason}`)
    const view = await shown(id)
    t.match(view, {
      mayDecide: true,
      variant: { type: 'EXB5', variant: 'BOX42' },
      lines: [{ code: 'DRF-MASS-001', label: /running order/i, measured: '2970', unit: 'kg' }],
      axles: [{ axle: '1', load: '1336' }, { axle: '2' }],
      contributors: [{ name: /^token:erp/ }],
    })
    t.ok(view.history.some((h: Answer['body']) => h.field === 'MassInRunningOrder' && h.values.length === 2))
    const queue = await g.call(quality, 'GET', '/sign-offs')
    t.match(
      queue.body.items.find((i: Answer['body']) => i.ecocId === id),
      { vin, approvers: { needed: 1, given: 0 }, headline: /2970/ },
    )
    const attached = await g.call(weigher, 'POST', `/ecocs/${id}/sign-off/attachments`, {
      name: '../t.pdf',
      content: pdf,
    })
    t.match(attached, { status: 201, body: { name: 't.pdf', contentType: 'application/pdf', addedBy: 'otto' } })
    const html = Buffer.from('<html>').toString('base64')
    const bad = await g.call(weigher, 'POST', `/ecocs/${id}/sign-off/attachments`, { name: 't.pdf', content: html })
    t.match(bad, { status: 415, body: { code: 'ACT-477' } })
    t.equal((await decide(quality, id, view, 'approve', { reason: 'nonsense' })).body.code, 'ACT-476')
    const wrong = { ...view, documentSha256: 'a'.repeat(64) }
    t.equal((await decide(quality, id, wrong, 'approve')).body.code, 'ACT-410')
    t.match(await decide(quality, id, view, 'approve', { reason: 'weighed-again', comment: 'twice' }), { status: 200 })
    t.equal((await g.settled(vin)).state, 'signed')
    const after = await shown(id)
    t.match(after, {
      decision: 'approve',
      decisions: [{ by: 'quinn', confirmedBy: 'token', attachments: [attached.body.sha256] }],
    })
    for (const [type, begins] of [
      ['html', '<!doctype html>'],
      ['pdf', '%PDF'],
    ] as const)
      t.ok((await g.call(quality, 'GET', `/ecocs/${id}/sign-off/protocol.${type}?language=de`)).body.startsWith(begins))
    const events = (await g.tools.store.events.of(id)).map((e) => e.type)
    t.ok(
      ['signoff.requested', 'signoff.attached', 'signoff.approved'].every((e) => events.includes(e)),
      events.join(),
    )
  })

  await t.test('a token of nobody decides nothing, and the one who pushed may not approve', async (t) => {
    const robot = await g.token('robot', 'quality', false)
    const pusher = await g.token('quinn', 'ingest')
    const vin = await g.vehicle()
    await g.push(pusher, vin, drifted)
    const { id } = await g.settled(vin)
    const view = await shown(id)
    t.match(view, { mayDecide: false, whyNot: { code: 'ACT-472' } })
    t.match(await decide(robot, id, view, 'approve'), { status: 403, body: { code: 'ACT-470' } })
    t.match(await decide(quality, id, view, 'approve'), { status: 403, body: { code: 'ACT-472', detail: /pushed/ } })
    t.equal((await decide(second, id, view, 'approve')).status, 200)
    t.equal((await g.settled(vin)).state, 'signed')
  })

  await t.test('a second threshold needs two different people', async (t) => {
    const { id, vin } = await open({ WHEELBASE: '3,900', LENGTH: '6,800' })
    const view = await shown(id)
    t.match(view, { approvers: { needed: 2, given: 0 } }, JSON.stringify(view.lines))
    t.match(await decide(quality, id, view, 'approve'), {
      status: 200,
      body: { state: 'awaiting_signoff', nextStep: /1 more/ },
    })
    t.match(await decide(quality, id, view, 'approve'), { status: 403, body: { code: 'ACT-474' } })
    t.equal((await decide(second, id, view, 'approve')).status, 200)
    t.equal((await g.settled(vin)).state, 'signed')
  })

  await t.test('refused, it goes back with the reason', async (t) => {
    const { id, vin } = await open(drifted)
    const view = await shown(id)
    await decide(quality, id, view, 'refuse', { reason: 'data-error', comment: 'body swapped' })
    t.match(await g.settled(vin), { state: 'held', reason_code: 'FLO-007', reason: /data are wrong.*body swapped/ })
    t.match(await decide(quality, id, view, 'approve'), { status: 409 })
  })

  await t.test('sent back to the scale, a weighing decides', async (t) => {
    const { id, vin } = await open(drifted)
    const first = await shown(id)
    await decide(quality, id, first, 'reweigh')
    t.match(await g.settled(vin), { state: 'held', reason_code: 'FLO-022' })
    const mass = { vin, grossMass: '2895', fuelLevel: '90', calibratedUntil: '2027-12-31', weighedOn: '2026-07-06' }
    const weighed = await g.call(weigher, 'POST', '/weighings', mass)
    t.match(weighed, { status: 201, body: { weighing: { recordedBy: 'otto' }, replayed: [id] } })
    t.match(await g.settled(vin), { state: 'awaiting_signoff' })
    const view = await shown(id)
    t.match(view, { weighing: { grossMass: '2895', recordedBy: 'otto' }, documentSha256: first.documentSha256 })
    t.not(view.shownSha256, first.shownSha256)
    const blind = { decision: 'approve', documentSha256: view.documentSha256 }
    t.match(await g.call(quality, 'POST', `/ecocs/${id}/sign-off`, blind), { status: 409, body: { code: 'ACT-410' } })
    await g.call(weigher, 'POST', '/weighings', { ...mass, grossMass: '2896' })
    t.match(await g.settled(vin), { state: 'awaiting_signoff' })
    t.match(await decide(quality, id, view, 'approve'), { status: 409, body: { code: 'ACT-410' } }, 'void')
    t.match((await g.tools.store.signOffs.of(id)).at(-2), { decision: 'void', void_reason: /weighing/ })
    await g.call(weigher, 'POST', '/weighings', { ...mass, grossMass: '9000' })
    t.match(await g.settled(vin), { state: 'held', reason_code: /^DRF-/ }, 'a legal limit')
  })

  await t.test('a delegate decides for somebody, never for one who entered the data', async (t) => {
    const dora = await g.token('dora', 'viewer')
    const { id, vin } = await open(drifted)
    const view = await shown(id)
    t.match(await decide(dora, id, view, 'approve'), { status: 403, body: { code: 'API-011' } })
    const until = new Date(Date.now() + 60_000).toISOString()
    const given = await g.call(quality, 'POST', '/sign-off/delegations', { to: 'dora', until, reason: 'leave' })
    t.match(given, { status: 201, body: { from: 'quinn', to: 'dora', active: true } })
    t.match(await decide(dora, id, view, 'approve'), { status: 200 })
    t.equal((await g.settled(vin)).state, 'signed')
    t.match((await shown(id)).decisions, [{ by: 'dora', onBehalfOf: 'quinn' }])
    const pusher = await g.token('quinn', 'ingest')
    const other = await g.vehicle()
    await g.push(pusher, other, drifted)
    const theirs = await g.settled(other)
    t.match(await decide(dora, theirs.id, await shown(theirs.id), 'approve'), {
      status: 403,
      body: { code: 'ACT-473' },
    })
    t.equal((await g.call(quality, 'DELETE', `/sign-off/delegations/${given.body.id}`)).status, 204)
    t.match(await decide(dora, theirs.id, await shown(theirs.id), 'refuse'), { status: 403, body: { code: 'API-011' } })
    const far = { to: 'dora', until: new Date(Date.now() + 100 * 86_400_000).toISOString(), reason: 'x' }
    t.equal((await g.call(quality, 'POST', '/sign-off/delegations', far)).body.code, 'ACT-481')
  })
})
