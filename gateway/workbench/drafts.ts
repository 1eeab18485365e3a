import { compileMappers, type MapperSource, readMapperFolder } from '../config/load-mappers.ts'
import { GatewayError, type Sha256 } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import { didYouMean } from '../mapping/did-you-mean.ts'
import type { Mapper, MapperText } from '../mapping/mapper.ts'
import { readYaml } from '../mapping/yaml-text.ts'
import { sha256 } from '../support/hash.ts'

/** A mapper as it lies in the folder now, whatever runs. */
export interface Draft {
  readonly mapper: Mapper
  /** Its first file, beside which its tests lie. */
  readonly file: string
  readonly sha256: Sha256
}

/** The hash of everything that maps: the files' text with the tables of variants beside them. For one file that of the mapper. */
export const hashOfFiles = (files: readonly MapperText[]): Sha256 =>
  sha256(files.map(({ yaml, variants }) => `${yaml}${variants}`).join(''))

const nameIn = (yaml: string): string | undefined => {
  const text = readYaml(yaml)
  const name = 'problem' in text ? undefined : (text.value as { readonly name?: unknown } | null)?.name
  return typeof name === 'string' ? name : undefined
}

/** Files of the folder by the mapper that they name. A file that is no YAML belongs to nobody. */
const filesByName = async (tools: Tools): Promise<ReadonlyMap<string, readonly MapperSource[]>> => {
  const byName = new Map<string, MapperSource[]>()
  for (const source of await readMapperFolder(tools.mapperFolder)) {
    const name = nameIn(source.yaml)
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), source])
  }
  return byName
}

/** Names of the mappers that lie in the folder. */
export const draftNames = async (tools: Tools): Promise<readonly string[]> => [...(await filesByName(tools)).keys()]

export const unknownMapper = (name: string, known: Iterable<string>): GatewayError =>
  new GatewayError({
    kind: 'usage',
    code: 'WRK-002',
    message: `There is no mapper "${name.slice(0, 64)}".${didYouMean(name, known)}`,
    hint: `There are: ${[...known].join(', ') || 'none'}.`,
    params: { status: 404 },
  })

/**
 * Reads and compiles a mapper from the folder.
 * @throws GatewayError WRK-002 none of that name, MAP-0xx what is wrong with it
 */
export const readDraft = async (name: string, tools: Tools): Promise<Draft> => {
  const files = await filesByName(tools)
  const sources = files.get(name)
  const [first] = sources ?? []
  const mapper = sources && compileMappers(sources, tools.releases.releases).get(name)
  if (!mapper || !first) throw unknownMapper(name, files.keys())
  return { mapper, file: first.file, sha256: hashOfFiles(mapper.files) }
}
