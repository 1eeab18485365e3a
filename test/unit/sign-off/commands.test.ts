// slow: a real gateway in this process
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { openInProcess } from '../../support/gateway-in-process.ts'

test('ecoc sign-off and ecoc weigh', async (t) => {
  const g = await openInProcess(t)
  const erp = await g.token('erp', 'ingest', false)
  const folder = join(g.tools.dataFolder, '..')
  const file = async (name: string, role: string, bound = true): Promise<string> => {
    await writeFile(join(folder, `${name}.token`), `${await g.token(name, role, bound)}\n`)
    return `${name}.token`
  }
  t.match(await g.run('sign-off', 'list'), { code: 0, out: 'Nothing waits for a sign-off.' })
  const vin = await g.vehicle()
  await g.push(erp, vin, { MASS_RO: '2,970', MASS_ACT: '2,970' })
  await g.settled(vin)
  t.match(await g.run('sign-off', 'list'), { code: 0, out: new RegExp(`^${vin} .* 0 of 1$`) })
  const { out } = await g.run('sign-off', 'show', vin)
  t.match(out, /DRF-MASS-001[^]*--shown [0-9a-f]{64}$/)
  const shown = out.slice(-64)

  t.match(await g.run('sign-off', 'approve', vin, '--shown', shown), { code: 2, err: /--token-file/ })
  const quality = await file('quinn', 'quality')
  t.match(await g.run('sign-off', 'approve', vin, '--token-file', quality), { code: 2, err: /--shown/ })
  const robot = await file('robot', 'quality', false)
  t.match(await g.run('sign-off', 'approve', vin, '--token-file', robot, '--shown', shown), {
    code: 2,
    err: /ACT-470|bound to nobody/,
  })
  await writeFile(join(folder, 'no.token'), 'ecoc_nothing')
  t.match(await g.run('sign-off', 'approve', vin, '--token-file', 'no.token', '--shown', shown), { code: 2 })

  t.match(await g.run('sign-off', 'protocol', vin, '--out', 'p.pdf', '--language', 'fr'), { code: 0 })
  t.equal((await readFile(join(folder, 'p.pdf'))).subarray(0, 4).toString(), '%PDF')

  t.match(await g.run('weigh', vin, '--gross', 'heavy'), { code: 2, err: /grossMass/ })
  const weigh = ['weigh', vin, '--gross', '2895', '--fuel-level', '90', '--calibrated-until', '2099-01-01', '--json']
  t.match(JSON.parse((await g.run(...weigh, '--token-file', quality)).out), { weighing: { vin }, replayed: [/./] })
  t.match(await g.settled(vin), { state: 'awaiting_signoff' })
  const again = (await g.run('sign-off', 'show', vin)).out
  t.match(again, /quinn recorded the weighing/)
  const approve = ['sign-off', 'approve', vin, '--shown', again.slice(-64), '--token-file']
  t.match(await g.run(...approve, quality), { code: 2, err: /four eyes/ }, 'who weighed does not approve')
  t.match(await g.run(...approve, await file('ana', 'approver')), { code: 0, out: `${vin}: checked` })
  t.equal((await g.settled(vin)).state, 'signed')
})
