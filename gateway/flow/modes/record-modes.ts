import { event, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'
import { modeKey } from './mode-of.ts'

/**
 * Writes down, with its event, in which mode a flow begins by the configuration. From then on only the switch counts: a
 * changed line in the configuration must not make a flow live without its cutover.
 */
export const recordModes = async ({
  store,
  config,
  clock,
}: Pick<Tools, 'store' | 'config' | 'clock'>): Promise<void> => {
  const at = instant(clock())
  const writes: Write[] = []
  for (const { mapper, mode } of config.flows) {
    if ((await store.settings.get(modeKey(mapper))) !== undefined) continue
    const detail = { from: null, to: mode, by: 'configuration' }
    writes.push(
      upsert('setting', { key: modeKey(mapper), value: mode }),
      event({ at, actor: 'gateway', type: 'flow.mode_switched', subject: mapper, detail }),
    )
  }
  if (writes.length > 0) await store.commit(writes)
}
