import type { Finding } from '../../contract/finding.ts'
import { GatewayError } from '../../contract/errors.ts'
import type { IviTree } from '../../contract/ivi-tree.ts'
import { valueAt } from '../get-value.ts'
import { builtInReleases } from './built-in.ts'
import { otherRelease, unknownRelease } from './recognise-release.ts'
import { compareVersions, type Profile, type Release } from './release.ts'

const keyOf = ({ profile, version }: Pick<Release, 'profile' | 'version'>): string => `${profile} ${version}`

/** The number that a document states, found without reading the document; the reader then holds it to the catalogue. */
const statedIn = (bytes: Buffer): string | undefined => {
  const at = bytes.indexOf('IviVersionNumberXsd>')
  const found = at < 0 ? null : /^IviVersionNumberXsd>\s*([\d.]{1,20})\s*</.exec(bytes.toString('latin1', at, at + 80))
  return found?.[1]
}

/** Whose schema a document follows, by the approving state that its header names: that of the United Kingdom for g11 and n11. */
export const statedProfile = (bytes: Buffer): Profile => {
  const at = bytes.indexOf('DesignatedTypeApprovalCountry>')
  const found = at < 0 ? '' : bytes.toString('latin1', at, at + 60)
  return /^DesignatedTypeApprovalCountry>\s*[gn]11\s*</.test(found) ? 'UK' : 'EU'
}

/**
 * The releases of IVI that this gateway can read and write, side by side. A value: after an import a new one is made.
 * A document stays in the release it was made in, for good: corrections too (IVI guideline, corrections). Which one a new
 * document gets is decided by the day its vehicle was made.
 */
export class Releases {
  /** By profile, then by number. */
  readonly all: readonly Release[]
  readonly #byKey: ReadonlyMap<string, Release>

  /** @param imported take the place of the product's own of the same profile and number */
  constructor(imported: readonly Release[] = []) {
    this.#byKey = new Map([...builtInReleases, ...imported].map((release) => [keyOf(release), release]))
    this.all = [...this.#byKey.values()].sort(
      (a, b) => a.profile.localeCompare(b.profile) || compareVersions(a.version, b.version),
    )
  }

  find(version: string, profile: Profile): Release | undefined {
    return this.#byKey.get(keyOf({ version, profile }))
  }

  /**
   * The release of that number.
   * @throws GatewayError IVI-010 when this gateway does not have it
   */
  of(version: string, profile: Profile): Release {
    const found = this.find(version, profile)
    if (found) return found
    const known = this.all.filter((release) => release.profile === profile).map((release) => release.version)
    throw new GatewayError({
      kind: 'config',
      code: 'IVI-010',
      message: `There is no schema of IVI ${version.slice(0, 20)} for documents of profile ${profile}.`,
      hint: `There are: ${known.join(', ')}. Import it: ecoc schema import FILE.`,
    })
  }

  /**
   * The release that a new document gets: of those whose changeover day has come, the one that came last.
   * @param day date of manufacture, or of the document where that is not known (YYYY-MM-DD); before the first changeover the oldest
   */
  forDate(day: string, profile: Profile): Release {
    const [first = this.of('2.0', profile), ...later] = this.all
      .filter((release) => release.profile === profile)
      .sort((a, b) => a.from.localeCompare(b.from) || compareVersions(a.version, b.version))
    return later.filter((release) => release.from <= day).at(-1) ?? first
  }

  /**
   * The release that a new version of a document gets: that of the version it corrects (M-04 of the official checks).
   * @throws GatewayError IVI-010 when the original's is not known here any more
   */
  forCorrection(original: IviTree, profile: Profile): Release {
    return this.of(valueAt(original, 'IviVersionNumberXsd') ?? '2.0', profile)
  }

  /**
   * The release a document from outside is to be read with: the one it states. A finding for one that cannot be read
   * (IVI-013 for IVI 1.x, IVI-014 for one without a schema here); what states none is read with the one of today's documents,
   * which says what is wrong.
   */
  ofDocument(bytes: Buffer, profile: Profile, today: string): Release | Finding {
    const version = statedIn(bytes)
    const found = version === undefined ? undefined : this.find(version, profile)
    if (found) return found
    const current = this.forDate(today, profile)
    const finding = version === undefined ? undefined : unknownRelease(version)
    return finding ?? otherRelease(bytes, current.catalogue) ?? current
  }
}
