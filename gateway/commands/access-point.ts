import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Profile } from '../../connectors/access-points/profiles/profile-schema.ts'
import { readProfiles } from '../../connectors/access-points/profiles/read-profiles.ts'
import { findConnectors } from '../config/find-connectors.ts'
import { openAccessPoints } from '../config/open-connectors.ts'
import type { OperationChoice } from '../contract/index.ts'
import { settingFor } from '../data-folder.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage = `access-point list|show|test|import-wsdl [--json]
       ecoc access-point show CC
       ecoc access-point test NAME
       ecoc access-point import-wsdl FILE [--submit OPERATION] [--query OPERATION] [--retrieve OPERATION]`
const string = { type: 'string' } as const
const options = { json: { type: 'boolean' }, submit: string, query: string, retrieve: string } as const

/** What the configuration names; settings that the connector refuses are for `ecoc doctor` to explain. */
const configuredPoints = async (io: Io) => {
  if (!existsSync(join(io.environment.config, 'gateway.yaml'))) return []
  const [{ config }, { accessPoints }] = [await settingFor(io), await findConnectors()]
  return config.accessPoints.map(({ name, environment, connector, config: own }) => {
    const known = accessPoints.get(connector)
    const { data } = known?.config.safeParse(own) ?? {}
    const standing = data === undefined ? undefined : known?.standing?.(data)
    return { name, environment, connector, ...(standing ? { standing } : {}) }
  })
}

const list = async (io: Io, json: boolean): Promise<number> => {
  const configured = await configuredPoints(io)
  const profiles = [...readProfiles().values()].map(({ country, name, authority, connector, verified, note }) => {
    return { country, name, authority: authority.name, connector, verified, note }
  })
  if (json) io.out(JSON.stringify({ configured, profiles }))
  else {
    for (const { name, environment, connector, standing } of configured) {
      const how = standing ? `, profile ${standing.profile}: ${standing.verified ? 'confirmed' : 'UNVERIFIED'}` : ''
      io.out(`${name}  ${environment} via ${connector}${how}`)
    }
    for (const p of profiles)
      io.out(
        `${p.country}  ${p.verified ? 'verified  ' : 'unverified'}  ${p.connector.padEnd(12)} ${p.name}: ${p.authority}`,
      )
  }
  return exit.yes
}

const showProfile = (p: Profile, io: Io): void => {
  io.out(`${p.name} (${p.country}, approvals ${p.approvalSign}): ${p.authority.name}`)
  io.out(`  source: ${p.authority.source}`)
  io.out(`  ${p.verified ? 'verified' : 'UNVERIFIED'}, connector ${p.connector}`)
  io.out(`  ${p.note}`)
  if (p.onboarding) {
    io.out(`Onboarding${p.onboarding.contact === undefined ? '' : `: ${p.onboarding.contact}`}`)
    for (const step of p.onboarding.steps) io.out(`  - ${step}`)
    io.out(`  source: ${p.onboarding.source}`)
  }
  io.out('Environments')
  for (const e of p.environments) io.out(`  ${e.environment}: ${e.endpoint ?? 'address not public'}. ${e.note}`)
  io.out('Facts')
  for (const { fact, source } of p.facts) io.out(`  - ${fact} [${source}]`)
  io.out('To be obtained')
  for (const one of p.toObtain) io.out(`  - ${one}`)
}

const show = (country: string, io: Io, json: boolean): number => {
  const profile = readProfiles().get(country.toUpperCase())
  if (!profile) throw usageError(`There is no profile ${country}; ecoc access-point list shows them.`, usage)
  if (json) io.out(JSON.stringify(profile))
  else showProfile(profile, io)
  return exit.yes
}

const test = async (name: string, io: Io, json: boolean): Promise<number> => {
  const { config: site, folder } = await settingFor(io)
  const points = await openAccessPoints(site, folder, await findConnectors())
  const point = points.get(name)
  if (!point) throw usageError(`There is no access point ${name}; there are: ${[...points.keys()].join(', ')}.`, usage)
  const { connector, config, tls, files, proxy } = point
  const steps = await connector.test(config, { signal: AbortSignal.timeout(60_000), tls, files, proxy })
  if (json) io.out(JSON.stringify(steps))
  else
    for (const { step, ok, detail } of steps) io.out(`${ok ? 'ok   ' : 'ISSUE'} ${step}${detail ? `: ${detail}` : ''}`)
  return steps.every((s) => s.ok) ? exit.yes : exit.no
}

const importWsdl = async (file: string, choice: OperationChoice, io: Io, json: boolean): Promise<number> => {
  const connector = (await findConnectors()).accessPoints.get('eu-soap')
  const proposed = connector?.propose?.(await readInput(file, io.cwd), choice)
  if (json) io.out(JSON.stringify(proposed))
  else {
    io.out(stringify({ connector: 'eu-soap', config: proposed?.config }).trimEnd())
    for (const note of proposed?.notes ?? []) io.out(`# ${note}`)
  }
  return proposed?.notes.some((note) => note.startsWith('submit: none')) ? exit.no : exit.yes
}

/** What is known of access points, whether one can be reached, and what a WSDL says about one. */
const command: Command = {
  where: 'here',
  summary: 'profiles of states, connection test, and settings from a WSDL',
  usage,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, usage)
    const { json = false, submit, query, retrieve } = values
    const [verb, name, ...more] = positionals
    if (verb === 'list' && name === undefined) return list(io, json)
    if (name === undefined || more.length > 0)
      throw usageError('Say list, show, test or import-wsdl, and of what.', usage)
    if (verb === 'show') return show(name, io, json)
    if (verb === 'test') return test(name, io, json)
    if (verb !== 'import-wsdl') throw usageError(`There is no ${verb ?? ''}.`, usage)
    const choice = Object.entries({ submit, query, retrieve }).filter(([, operation]) => operation !== undefined)
    return importWsdl(name, Object.fromEntries(choice), io, json)
  },
}
export default command
