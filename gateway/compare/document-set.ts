import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Finding, GatewayError, type IviTree } from '../contract/index.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { readDocument } from '../ivi/read-document.ts'

/** A file that cannot be compared, and why. */
export interface Unreadable {
  readonly file: string
  readonly finding: Finding
}

/** The newest document of each vehicle and stage of a file or folder, read one by one. */
export interface DocumentSet {
  /** VIN → stages of which there is a document, lowest first. */
  readonly vehicles: ReadonlyMap<string, readonly number[]>
  readonly unreadable: readonly Unreadable[]
  /** @returns undefined when the set has no such document */
  read(vin: string, stage: number): Promise<IviTree | undefined>
}

const maxBytes = 20_000_000

const bytesOf = async (file: string): Promise<Buffer> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of createReadStream(file)) {
    size += (part as Buffer).length
    if (size > maxBytes) break
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}

const filesAt = async (path: string): Promise<string[]> => {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries
      .filter((e) => e.isFile() && /\.xml$/i.test(e.name) && !e.name.startsWith('.'))
      .map((e) => join(e.parentPath, e.name))
      .sort()
  } catch (cause) {
    throw new GatewayError({
      kind: 'operational',
      code: 'CLI-002',
      message: `${path} cannot be read: ${(cause as Error).message}`,
      hint: 'Check the name and the permissions.',
      cause,
    })
  }
}

const stageOf = (tree: IviTree): number =>
  Math.max(1, ...rowsOf(tree, 'ManufacturerGroup').map((row) => Number(row['ManufacturerStageNumber']) || 1))

const noVin: Finding = {
  code: 'CMP-001',
  layer: 'input',
  severity: 'error',
  path: '/',
  message: 'The file holds no VIN, so that it cannot be matched.',
}

/**
 * Lists the IVI documents of a file or a folder with all below it. Of several versions of one vehicle and stage the
 * highest counts.
 * @throws GatewayError CLI-002 when the file or folder cannot be read
 */
export const openDocumentSet = async (path: string): Promise<DocumentSet> => {
  const newest = new Map<string, { readonly file: string; readonly version: number }>()
  const vehicles = new Map<string, number[]>()
  const unreadable: Unreadable[] = []
  for (const file of await filesAt(path)) {
    const { tree, findings } = readDocument(await bytesOf(file))
    const vin = valueAt(tree, 'VehicleIdentificationNumber')
    if (vin === undefined) {
      const why = findings.find((f) => f.severity === 'error') ?? noVin
      unreadable.push({ file: basename(file), finding: why })
      continue
    }
    const stage = stageOf(tree)
    const key = `${vin.trim()}\n${stage}`
    const version = Number(valueAt(tree, 'IviVersionNumber') ?? 1)
    if (version < (newest.get(key)?.version ?? 0)) continue
    newest.set(key, { file, version })
    const stages = vehicles.get(vin.trim()) ?? []
    vehicles.set(
      vin.trim(),
      [...new Set([...stages, stage])].sort((a, b) => a - b),
    )
  }
  return {
    vehicles,
    unreadable,
    read: async (vin, stage) => {
      const file = newest.get(`${vin}\n${stage}`)?.file
      return file === undefined ? undefined : readDocument(await bytesOf(file)).tree
    },
  }
}
