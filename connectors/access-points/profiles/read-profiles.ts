import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import { profileSchema, type Profile } from './profile-schema.ts'

const folder = new URL('./', import.meta.url)
const assumedSchema = z.strictObject({
  note: z.string(),
  environments: z.unknown(),
  toObtain: z.array(z.string()),
  config: z.record(z.string(), z.unknown()),
})

const broken = (file: string, reason: string): GatewayError =>
  new GatewayError({
    kind: 'bug',
    code: 'EUS-005',
    message: `The profile ${file} is not as profiles are: ${reason}`,
    hint: 'Install again; if it stays, report it.',
  })

const readYaml = (file: string): unknown => parse(readFileSync(new URL(file, folder), 'utf8')) as unknown

const readOne = (file: string, assumed: z.infer<typeof assumedSchema>): Profile => {
  const raw = readYaml(file) as Record<string, unknown>
  const shared =
    raw['connector'] === 'eu-soap' ? { environments: assumed.environments, toObtain: assumed.toObtain } : {}
  const result = profileSchema.safeParse({ ...shared, ...raw })
  if (!result.success) throw broken(file, z.prettifyError(result.error))
  if (result.data.country !== file.slice(0, 2)) throw broken(file, 'its name is not its country')
  const { config, ...rest } = result.data
  return { ...rest, config: rest.connector === 'eu-soap' ? { ...assumed.config, ...config } : config }
}

let profiles: ReadonlyMap<string, Profile> | undefined

/**
 * The profiles of all states, by ISO code. What is assumed of every SOAP access point of the Union (assumed.yaml) is filled in.
 * @throws GatewayError EUS-005 when a file of the installation is damaged
 */
export const readProfiles = (): ReadonlyMap<string, Profile> => {
  if (profiles) return profiles
  const { data: assumed, error } = assumedSchema.safeParse(readYaml('assumed.yaml'))
  if (!assumed) throw broken('assumed.yaml', z.prettifyError(error))
  const files = readdirSync(folder).filter((file) => /^[A-Z]{2}\.yaml$/.test(file))
  profiles = new Map(files.sort().map((file) => [file.slice(0, 2), readOne(file, assumed)]))
  return profiles
}
