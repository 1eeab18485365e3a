import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GatewayError } from '../contract/index.ts'
import { loadMapper, type Mapper } from '../mapping/load-mapper.ts'

/**
 * Reads every mapper of a folder.
 * @throws GatewayError CFG-005 no folder, CFG-006 two of one name; what `loadMapper` throws
 */
export const loadMappers = async (folder: string): Promise<ReadonlyMap<string, Mapper>> => {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((n) => /\.ya?ml$/.test(n)).sort()
  } catch (cause) {
    const message = `The mapper folder ${folder} cannot be read.`
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-005',
      message,
      hint: 'Create it, or correct `mappers`.',
      cause,
    })
  }
  const mappers = new Map<string, Mapper>()
  for (const name of names) {
    const file = join(folder, name)
    const mapper = loadMapper(await readFile(file, 'utf8'), file)
    if (mappers.has(mapper.name))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-006',
        message: `${file}: there is a mapper ${mapper.name} already.`,
        hint: 'Rename or remove one of the two.',
      })
    mappers.set(mapper.name, mapper)
  }
  return mappers
}
