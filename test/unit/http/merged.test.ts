import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/index.ts'
import type { MergedView } from '../../../gateway/http/views/read-merged.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { instant } from '../../../gateway/support/clock.ts'
import { bearer, openFixture } from '../../support/http-fixture.ts'

const document = (own: IviTree): Buffer => writeDocument({ CocDataGroup: own })

test('a completed vehicle is shown as a registrar would see it, with what survives wrongly', async (t) => {
  const f = await openFixture(t)
  const row = f.rows.find((r) => r.state === 'held')!
  const base = document({
    ...{ VehicleCategory: 'N2', StageOfCompletion: 'I' },
    DimensionGroup: { Wheelbase: '3750' },
    MassGroup: { MassInRunningOrderIncomplete: '2150', TechnicallyPermissibleMaximumLadenMass: '5000' },
  })
  const ours = document({ StageOfCompletion: 'V', MassGroup: { MassInRunningOrder: '2900' } })
  const at = instant(f.now)
  await f.store.commit([
    f.store.contents.write(row.id, 'base', base, at),
    f.store.contents.write(row.id, 'document', ours, at),
  ])
  const address = `http://localhost/api/v1/ecocs/${row.id}/merged?language=de`
  const answer = await f.app.request(address, { headers: bearer(f.tokens.viewer) })
  t.equal(answer.status, 200)
  const merged = (await answer.json()) as MergedView
  t.match(merged.stages, [
    { place: 1, own: false },
    { place: 2, own: true },
  ])
  const from = (element: string) => merged.rows.find((r) => r.element === element)
  t.match(from('Wheelbase'), { value: '3750', from: 1 })
  t.match(from('MassInRunningOrder'), { value: '2900', from: 2 })
  t.match(from('StageOfCompletion'), { value: 'V', from: 2 })
  t.ok(merged.warnings.some((w) => w.path.endsWith('MassInRunningOrderIncomplete')))
  t.equal((await f.app.request(address)).status, 401)
})
