import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type Test } from 'tap'
import { mapperDetail, mapperList, mapperPreview } from '../../../gateway/http/views/mapper-schema.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { bearer, openFixture } from '../../support/http-fixture.ts'
import { boxBody, workbenchBench, type WorkbenchBench } from '../workbench/bench.ts'

const vin = sampleVin(42)

const open = async (t: Test, settings: Parameters<typeof workbenchBench>[1] = {}) => {
  const bench: WorkbenchBench = await workbenchBench(t, settings)
  await bench.keep('sage-x3', vin, boxBody(vin))
  const f = await openFixture(t, { workbench: () => bench.workbench })
  const call = async (role: keyof typeof f.tokens, path: string, body?: unknown) => {
    const init =
      body === undefined
        ? { headers: bearer(f.tokens[role]) }
        : {
            method: 'POST',
            headers: { ...bearer(f.tokens[role]), 'Content-Type': 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }
    const response = await f.app.request(`/api/v1/mappers${path}`, init)
    return {
      status: response.status,
      headers: response.headers,
      text: await response.clone().text(),
      json: () => response.json(),
    }
  }
  return { bench, call }
}

test('mappers are listed and described as the document says', async (t) => {
  const { call } = await open(t)
  const list = await (await call('viewer', '')).json()
  t.ok(mapperList.safeParse(list).success, mapperList.safeParse(list).error?.message ?? '')
  t.match(list, { items: [{ name: 'chassis-json' }, {}, { name: 'sage-x3', runs: { from: 'file', version: '1.0' } }] })
  const detail = await (await call('viewer', '/sage-x3')).json()
  t.ok(mapperDetail.safeParse(detail).success, mapperDetail.safeParse(detail).error?.message ?? '')
  t.match(detail, { files: [{ yaml: /^# yaml-language-server/ }], releases: [], proposal: null, fourEyes: false })
  t.match(await (await call('viewer', '/sage-x4')).json(), {
    status: 404,
    code: 'WRK-002',
    detail: /Did you mean "sage-x3"/,
  })
})

test('a record is previewed without a trace of it', async (t) => {
  const { bench, call } = await open(t)
  const answer = await call('viewer', '/sage-x3/preview', { record: { ...boxBody(vin), COLOUR: 9 }, language: 'de' })
  t.equal(answer.status, 200)
  const shown = await answer.json()
  t.ok(mapperPreview.safeParse(shown).success, mapperPreview.safeParse(shown).error?.message ?? '')
  t.match(shown, { mapped: true, unused: [{ field: 'COLOUR', value: '9', declared: false }] })
  t.equal((await bench.tools.store.mapperReleases.latestRecords('sage-x3', 9)).length, 1, 'nothing is kept')
  const bad = async (body: unknown): Promise<unknown> => (await call('viewer', '/sage-x3/preview', body)).json()
  t.match(await bad({}), { status: 400, code: 'API-002' })
  t.match(await bad({ record: {}, ecoc: 'x' }), { status: 400 })
  t.match(await bad({ ecoc: 'nobody' }), { status: 404, code: 'API-006' })
  t.match(await bad({ record: { a: [1] } }), { status: 400, detail: /no objects/ })
  t.match(await bad(`{"record":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`), { status: 400, detail: /nested deeper/ })
  t.match(await bad({ record: {}, which: 7 }), { status: 404, code: 'WRK-010' })
  t.match(await bad({ record: {}, which: 'proposed' }), { status: 404, code: 'WRK-007' })
})

test('a change goes from the folder over a second person into the flow, and back', async (t) => {
  const { bench, call } = await open(t, { mappersRelease: 'released', fourEyes: true })
  t.equal((await call('viewer', '/sage-x3/propose', {})).status, 403)
  t.match(await (await call('operator', '/sage-x3/propose', {})).json(), { code: 'WRK-009' }, 'a token is no person')
  const first = await (await call('quality', '/sage-x3/propose', { comment: 'first' })).json()
  t.match(first, { isProposed: true, proposal: { proposedBy: 'quality', comment: 'first' } })
  const { sha256 } = first.proposal
  t.equal((await call('operator', '/sage-x3/approve', { sha256 })).status, 403, 'who operates does not judge')
  t.match(
    await (await call('quality', '/sage-x3/approve', { sha256 })).json(),
    { code: 'WRK-009' },
    'nobody approves what he proposed',
  )
  t.match(await (await call('approver', '/sage-x3/approve', { sha256: '0'.repeat(64) })).json(), { code: 'WRK-008' })
  t.match(await (await call('approver', '/sage-x3/approve', { sha256 })).json(), {
    releases: [{ number: 1, releasedBy: 'approver' }],
    proposal: null,
  })
  const file = join(bench.mapperFolder, 'sage-x3.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace("version: '1.0'", "version: '1.1'"))
  await call('quality', '/sage-x3/propose', {})
  const second = await (await call('viewer', '/sage-x3')).json()
  await call('approver', '/sage-x3/approve', { sha256: second.proposal.sha256 })
  t.equal(bench.tools.mappers.get('sage-x3')?.version, '1.1')
  t.equal((await call('viewer', '/sage-x3/rollback', {})).status, 403)
  t.match(await (await call('operator', '/sage-x3/rollback', {})).json(), {
    releases: [{ number: 3, backTo: 1 }, {}, {}],
  })
  t.equal(bench.tools.mappers.get('sage-x3')?.version, '1.0')
})

test('the data contract comes as a file, with the category of the latest record', async (t) => {
  const { call } = await open(t)
  const answer = await call('viewer', '/sage-x3/contract.html?language=de')
  t.match(answer.headers.get('content-disposition'), 'attachment; filename="contract-sage-x3-de.html"')
  t.match(answer.text, '<dd>Klasse N2, vervollständigt</dd>')
  t.notMatch(answer.text, vin, 'no value of a real vehicle')
  t.match(await (await call('viewer', '/sage-x3/contract.html?stage=X')).json(), { status: 400 })
})
