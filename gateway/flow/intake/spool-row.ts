import { archiveName } from '../../intake/archive-name.ts'
import type { SourceItem, SpooledFile, SpoolId } from '../../contract/index.ts'
import type { SpoolRow } from '../../store/tables.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { newId } from '../../support/new-id.ts'
import type { ReadySource } from '../tools.ts'

/** A file that lies in the spool, not yet read. */
export const spoolRow = (
  file: SpooledFile,
  item: SourceItem,
  source: Pick<ReadySource, 'mapper'>,
  now: Date,
): SpoolRow => ({
  ...file,
  mapper: source.mapper,
  item_version: item.version,
  state: 'taken',
  cursor: 0,
  rows: 0,
  refused: 0,
  problem: null,
  archive_name: archiveName(item.key, instant(now), file.sha256),
  at: instant(now),
})

/** A file that is too large to be taken: it is answered and put away, and never copied. */
export const tooLarge = (
  item: SourceItem,
  source: Pick<ReadySource, 'name' | 'mapper' | 'maxBytes'>,
  now: Date,
): SpoolRow => {
  const message = `The file has ${item.size} bytes, at most ${source.maxBytes} are allowed. Split the export.`
  const file = {
    id: newId() as SpoolId,
    source: source.name,
    key: item.key,
    path: '',
    size: item.size,
    sha256: sha256(''),
  }
  return { ...spoolRow(file, item, source, now), state: 'read', problem: JSON.stringify({ code: 'INT-001', message }) }
}
