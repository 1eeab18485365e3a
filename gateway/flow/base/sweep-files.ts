import { acceptBase } from '../../base/retrieve-base.ts'
import type { FilesSettings } from '../../config/parts/base.ts'
import { type Finding, GatewayError, type OpenFiles, type OpenSource, type SourceItem } from '../../contract/index.ts'
import { nameFilter } from '../../intake/name-filter.ts'
import { event, remove, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { keepBase } from '../keep-base.ts'
import type { Tools } from '../tools.ts'
import { baseReader } from './base-for.ts'

/** At once; the rest follows with the next look. */
const mostItems = 200

/** Under this name the look-outs of origins are kept apart from those of sources. */
const remembered = (origin: string): string => `base:${origin}`

const filesOf = (open: OpenSource): OpenFiles => {
  if (open.kind === 'files') return open
  throw new GatewayError({ kind: 'bug', code: 'SRC-014', message: `An origin of files opened ${open.kind}.` })
}

const tooLarge = (item: SourceItem, maxBytes: number): Finding => ({
  ...{ code: 'BAS-021', layer: 'base', severity: 'error', path: '/' },
  message: `${item.key} is larger than ${maxBytes} bytes: no base eCoC is.`,
})

const readItem = async (origin: FilesSettings, item: SourceItem, tools: Tools): Promise<Buffer | Finding> => {
  if (item.size > origin.maxBytes) return tooLarge(item, origin.maxBytes)
  const connection = tools.basePlaces?.origins.get(origin.name)
  return (
    (await connection?.call(tools.signal, async (open, context) => {
      const parts: Buffer[] = []
      let length = 0
      for await (const part of await filesOf(open).read(item, context)) {
        length += (part as Buffer).length
        if (length > origin.maxBytes) return tooLarge(item, origin.maxBytes)
        parts.push(part as Buffer)
      }
      return Buffer.concat(parts)
    })) ?? Buffer.alloc(0)
  )
}

/** Takes one file in by the VIN that stands in it; what is no good base eCoC is noted with its reasons. */
const takeItem = async (
  origin: FilesSettings,
  item: SourceItem,
  firstStage: string,
  tools: Tools,
): Promise<boolean> => {
  const bytes = await readItem(origin, item, tools)
  const at = instant(tools.clock())
  const isBytes = Buffer.isBuffer(bytes)
  const result = isBytes
    ? await acceptBase(bytes, undefined, origin.name, tools.verifyAsking, baseReader(tools))
    : ({ kind: 'unfit', findings: [bytes], origin: origin.name } as const)
  const isFound = result.kind === 'found'
  if (isFound) await keepBase(result.base, result.verification, `origin:${origin.name}`, firstStage, tools)
  const hash = sha256(isBytes ? bytes : '')
  const place = { origin: origin.name, key: item.key }
  const findings = result.kind === 'unfit' ? result.findings : []
  const verdict: Write[] = isFound
    ? [remove('base_refused', place)]
    : [
        upsert('base_refused', {
          ...place,
          version: item.version,
          sha256: hash,
          findings: JSON.stringify(findings),
          at,
        }),
        event({
          at,
          actor: 'gateway',
          type: 'base.refused',
          subject: origin.name,
          detail: { key: item.key, codes: findings.map((f) => f.code) },
        }),
      ]
  const left = {
    source: remembered(origin.name),
    key: item.key,
    version: item.version,
    size: item.size,
    sha256: hash,
    at,
  }
  await tools.store.commit([...verdict, upsert('left_item', left)])
  return isFound
}

/**
 * Looks at a maker's folder or server and takes in what is new. The files stay where they are: the folder is not ours. A file
 * that is still being written is refused, since its signature cannot hold, and read again when it has changed.
 * @returns how many base eCoCs were taken in
 * @throws whatever the connector throws when the place cannot be reached
 */
export const sweepFiles = async (origin: FilesSettings, firstStage: string, tools: Tools): Promise<number> => {
  const connection = tools.basePlaces?.origins.get(origin.name)
  if (!connection) return 0
  const { isWanted } = nameFilter({ include: origin.include, ignore: [] })
  const items = await connection.call(tools.signal, (open, context) => filesOf(open).list(context, isWanted))
  const known = new Map((await tools.store.sources.left(remembered(origin.name))).map((row) => [row.key, row]))
  const fresh = items.filter(({ key, version, size }) => {
    const seen = known.get(key)
    return isWanted(key) && (seen?.version !== version || seen.size !== size)
  })
  let taken = 0
  for (const item of fresh.slice(0, mostItems)) if (await takeItem(origin, item, firstStage, tools)) taken++
  return taken
}
