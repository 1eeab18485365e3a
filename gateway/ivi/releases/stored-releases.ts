import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GatewayError } from '../../contract/errors.ts'
import { sha256 } from '../../support/hash.ts'
import { parseCatalogue } from '../parse-catalogue.ts'
import { readXsd } from '../read-xsd.ts'
import type { Release } from './release.ts'
import { Releases } from './releases.ts'

/** An imported schema as the list of them has it; the schema itself lies beside, named after its hash. */
const entry = z.strictObject({
  version: z.string().regex(/^\d{1,3}(\.\d{1,3}){1,2}$/),
  profile: z.enum(['EU', 'UK']),
  from: z.iso.date(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  importedAt: z.string(),
})
export type StoredRelease = z.infer<typeof entry>
const list = z.array(entry).max(200)

const folderOf = (dataFolder: string): string => join(dataFolder, 'schemas')
const listOf = (dataFolder: string): string => join(folderOf(dataFolder), 'releases.json')
const fileOf = (dataFolder: string, hash: string): string => join(folderOf(dataFolder), `${hash}.xsd`)

const damaged = (file: string, why: string, cause?: unknown): GatewayError =>
  new GatewayError({
    kind: 'security',
    code: 'IVI-015',
    message: `${file}: ${why}`,
    hint: 'Restore the file from a backup, or import the schema again; find out who or what changed it.',
    cause,
  })

/** The imported schemas, none where there is no list. @throws GatewayError IVI-015 a list that is not ours */
export const listStored = async (dataFolder: string): Promise<StoredRelease[]> => {
  const file = listOf(dataFolder)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw damaged(file, 'the list of imported schemas cannot be read.', cause)
  }
  try {
    return list.parse(JSON.parse(text))
  } catch (cause) {
    throw damaged(file, 'this is no list of imported schemas.', cause)
  }
}

const readStored = async (dataFolder: string, stored: StoredRelease): Promise<Release> => {
  const file = fileOf(dataFolder, stored.sha256)
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw damaged(file, `the schema of IVI ${stored.version} cannot be read.`, cause)
  })
  if (sha256(bytes) !== stored.sha256)
    throw damaged(file, `this is not the schema of IVI ${stored.version} that was imported.`)
  const source = readXsd(bytes, { version: stored.version })
  if (Array.isArray(source)) throw damaged(file, source[0]?.message ?? 'the schema cannot be read.')
  const { version, profile, from } = stored
  return { version, profile, from, catalogue: parseCatalogue(source), sha256: stored.sha256, standIn: false }
}

/**
 * The releases this gateway knows: the product's own and those imported into the data folder, some 30 ms each.
 * @throws GatewayError IVI-015 when an imported schema is not what was imported
 */
export const openReleases = async (dataFolder: string): Promise<Releases> => {
  const stored = await listStored(dataFolder)
  return new Releases(await Promise.all(stored.map((one) => readStored(dataFolder, one))))
}

/** Written beside, made durable, then put in place: a crash leaves the old file or the new one. */
const writeDurably = async (file: string, content: Buffer | string): Promise<void> => {
  const beside = `${file}.part`
  const handle = await open(beside, 'w', 0o640)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
}

/** Keeps the schema's bytes; nothing uses them before `enlist`. */
export const keepSchema = async (dataFolder: string, bytes: Buffer): Promise<void> => {
  await mkdir(folderOf(dataFolder), { recursive: true, mode: 0o750 })
  await writeDurably(fileOf(dataFolder, sha256(bytes)), bytes)
}

/** Puts a kept schema into use, in the place of one of the same profile and number. The replaced one's bytes stay. */
export const enlist = async (dataFolder: string, stored: StoredRelease): Promise<void> => {
  const others = (await listStored(dataFolder)).filter(
    (one) => one.profile !== stored.profile || one.version !== stored.version,
  )
  await writeDurably(listOf(dataFolder), `${JSON.stringify([...others, stored], null, 2)}\n`)
}
