import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { IviTree } from '../contract/index.ts'
import { diffTrees } from '../flow/diff-trees.ts'
import { valueAt } from '../ivi/get-value.ts'
import { readDocument } from '../ivi/read-document.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage = 'compare OURS THEIRS [--json]'

interface Difference {
  readonly vin: string
  readonly path: string
  readonly ours: string | null
  readonly theirs: string | null
}

/** The documents of a file or a folder, by VIN. */
const documents = async (name: string, io: Io): Promise<Map<string, IviTree>> => {
  const path = resolve(io.cwd, name)
  const isFolder = await stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  )
  const files = isFolder ? (await readdir(path)).filter((f) => f.endsWith('.xml')).map((f) => join(path, f)) : [path]
  const found = new Map<string, IviTree>()
  for (const file of files) {
    const { tree } = readDocument(await readInput(file, io.cwd))
    found.set(valueAt(tree, 'VehicleIdentificationNumber') ?? file, tree)
  }
  return found
}

const differences = (ours: Map<string, IviTree>, theirs: Map<string, IviTree>): Difference[] =>
  [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((vin): Difference[] => {
    const [a, b] = [ours.get(vin), theirs.get(vin)]
    if (!a || !b) return [{ vin, path: '/', ours: a ? 'document' : null, theirs: b ? 'document' : null }]
    return diffTrees(b, a).map(({ path, was, is }) => ({ vin, path, ours: is ?? null, theirs: was ?? null }))
  })

/** Compares documents field by field; reference id, times, version and signature date say nothing about the vehicle. */
const command: Command = {
  where: 'here',
  summary: 'compares documents field by field',
  usage,
  async run(argv, io) {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, usage)
    const [ours, theirs] = positionals
    if (ours === undefined || theirs === undefined || positionals.length > 2)
      throw usageError('Name two files or two folders.', usage)
    const found = differences(await documents(ours, io), await documents(theirs, io))
    if (values.json) io.out(JSON.stringify({ equal: found.length === 0, differences: found }))
    else {
      for (const d of found) io.out(`${d.vin} ${d.path}: ours ${d.ours ?? '–'}, theirs ${d.theirs ?? '–'}`)
      io.out(found.length === 0 ? 'equal' : `${found.length} difference(s)`)
    }
    return found.length === 0 ? exit.yes : exit.no
  },
}
export default command
