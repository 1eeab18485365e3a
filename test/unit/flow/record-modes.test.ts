import { test } from 'tap'
import { modeOf } from '../../../gateway/flow/modes/mode-of.ts'
import { recordModes } from '../../../gateway/flow/modes/record-modes.ts'
import type { Mode } from '../../../gateway/contract/index.ts'
import { flowBench } from './flow-tools.ts'

test('a changed line of the configuration makes no flow live: only the switch does', async (t) => {
  const bench = await flowBench(t)
  const begin = (mode: Mode) => {
    const flows = [{ mapper: 'sage-x3', mode, goLive: { testEcocs: 1, matchRate: 100 } }]
    return { ...bench.tools, config: { ...bench.tools.config, flows } }
  }
  t.equal(await modeOf('sage-x3', bench.tools), 'live', 'where nothing is said')
  t.equal(await modeOf('sage-x3', begin('test')), 'test')
  await recordModes(begin('parallel'))
  t.equal(await modeOf('sage-x3', begin('parallel')), 'parallel')
  await recordModes(begin('live'))
  t.equal(await modeOf('sage-x3', begin('live')), 'parallel')
  const events = await bench.store.events.of('sage-x3')
  t.match(events, [{ type: 'flow.mode_switched', detail: /"to":"parallel","by":"configuration"/ }])
  t.equal(events.length, 1)
})
