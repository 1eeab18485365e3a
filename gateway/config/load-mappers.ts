import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GatewayError } from '../contract/index.ts'
import { compareVersions } from '../ivi/releases/release.ts'
import { Releases } from '../ivi/releases/releases.ts'
import { loadMapper, type Mapper } from '../mapping/load-mapper.ts'
import { readYaml } from '../mapping/yaml-text.ts'

const refuse = (code: string, message: string, hint: string, cause?: unknown): never => {
  throw new GatewayError({ kind: 'config', code, message, hint, cause })
}

/** The release that a file says it is written for; what it says wrong, the loader tells with its line. */
const statedRelease = (yaml: string): string => {
  const text = readYaml(yaml)
  const ivi = 'problem' in text ? undefined : (text.value as { readonly ivi?: unknown } | null)?.ivi
  return typeof ivi === 'string' ? ivi : '2.0'
}

/** One mapper with a file for each release that needs one: a release takes the newest file that is not newer than itself. */
const joinReleases = (files: readonly Mapper[]): Mapper => {
  const [first, ...later] = files
  if (!first || later.length === 0) return first as Mapper
  return Object.freeze<Mapper>({
    ...first,
    files: files.flatMap((m) => m.files),
    forRelease: (catalogue) => {
      const fit = files.filter((m) => compareVersions(m.ivi, catalogue.version) <= 0).at(-1) ?? first
      return fit.forRelease(catalogue)
    },
  })
}

/** A mapper file's text, where it came from, and the table of variants where that is kept with it. */
export interface MapperSource {
  readonly file: string
  readonly yaml: string
  readonly variants?: string
}

/**
 * Compiles mapper files. Several may have one name when each is written for another release of IVI and all read the same
 * input.
 * @throws GatewayError CFG-006 two of one name and release, or of other inputs; what `loadMapper` throws
 */
export const compileMappers = (sources: readonly MapperSource[], releases = new Releases()): Map<string, Mapper> => {
  const byName = new Map<string, Mapper[]>()
  for (const { file, yaml, variants } of sources) {
    const catalogue = (releases.find(statedRelease(yaml), 'EU') ?? releases.of('2.0', 'EU')).catalogue
    const mapper = loadMapper(yaml, file, catalogue, variants)
    const others = byName.get(mapper.name) ?? []
    if (others.some((m) => m.ivi === mapper.ivi))
      refuse('CFG-006', `${file}: there is a mapper ${mapper.name} already.`, 'Rename or remove one of the two.')
    if (others.some((m) => JSON.stringify(m.input) !== JSON.stringify(mapper.input)))
      refuse(
        'CFG-006',
        `${file}: the mapper ${mapper.name} for another release reads another input.`,
        'Give both the same "input", or another name.',
      )
    byName.set(
      mapper.name,
      [...others, mapper].sort((a, b) => compareVersions(a.ivi, b.ivi)),
    )
  }
  return new Map([...byName].map(([name, files]) => [name, joinReleases(files)]))
}

/** Tests of a mapper lie beside it (docs/workbench.md). */
const isMapperFile = (name: string): boolean => /\.ya?ml$/.test(name) && !/\.tests\.ya?ml$/.test(name)

/**
 * Reads the text of every mapper file of a folder.
 * @throws GatewayError CFG-005 no folder
 */
export const readMapperFolder = async (folder: string): Promise<readonly MapperSource[]> => {
  const names = await readdir(folder).catch((cause: unknown) =>
    refuse('CFG-005', `The mapper folder ${folder} cannot be read.`, 'Create it, or correct `mappers`.', cause),
  )
  const files = names.filter(isMapperFile).sort()
  return Promise.all(
    files.map(async (name) => ({ file: join(folder, name), yaml: await readFile(join(folder, name), 'utf8') })),
  )
}

/** Reads every mapper of a folder. @throws GatewayError CFG-005; what `compileMappers` throws */
export const loadMappers = async (folder: string, releases = new Releases()): Promise<Map<string, Mapper>> =>
  compileMappers(await readMapperFolder(folder), releases)
