import type { SpoolRow } from '../../store/tables.ts'
import { event, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'
import { type ReadContext, readFile } from './read-file.ts'

/** Reads a spooled file. Where its bytes are gone (a restore without them) it is let go, and taken anew from the source. */
export const readSpooled = async (spool: SpoolRow, context: ReadContext, tools: Tools): Promise<void> => {
  try {
    await readFile(spool, context, tools)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const at = instant(tools.clock())
    await tools.store.commit([
      update('spool', { id: spool.id }, { state: 'settled' }, 1),
      event({ at, actor: 'gateway', type: 'file.lost', subject: spool.id, detail: { file: spool.key } }),
    ])
    Object.assign(spool, { state: 'settled' })
  }
}
