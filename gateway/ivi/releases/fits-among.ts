import type { Finding } from '../../contract/finding.ts'
import { ivi20 } from '../catalogue.ts'
import { schemaFinding } from '../structure-findings.ts'
import { compareVersions, type Release } from './release.ts'

const majorOf = (version: string): string => version.split('.')[0] ?? ''

/**
 * What keeps a release from being used beside those that are here: XSD-010 for one of another IVI than 2, which rules and
 * reader do not know (a schema with that number alone says little); XSD-011 for a changeover day that would bring an older
 * release back after a newer one.
 */
export const fitsAmong = (
  { version, profile, from }: Pick<Release, 'version' | 'profile' | 'from'>,
  releases: readonly Release[],
): Finding[] => {
  if (majorOf(version) !== majorOf(ivi20.version)) {
    const message = `This version of the gateway works with IVI ${majorOf(ivi20.version)}; the schema is of IVI ${version}.`
    return [schemaFinding('XSD-010', '/', message)]
  }
  const others = releases.filter((one) => one.profile === profile && one.version !== version)
  return others
    .filter((one) => {
      const isOlder = compareVersions(version, one.version) < 0
      return isOlder ? from > one.from : from < one.from
    })
    .map((one) =>
      schemaFinding(
        'XSD-011',
        '/',
        `IVI ${version} from ${from} on and IVI ${one.version} from ${one.from} on: an older release cannot follow a newer one. Name another day with --from.`,
      ),
    )
}
