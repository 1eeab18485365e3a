import { ivi20, type CatalogueSource } from '../catalogue.ts'
import { ivi20Source } from '../catalogue/ivi-2.0.ts'
import { parseCatalogue } from '../parse-catalogue.ts'
import type { Release } from './release.ts'

/** Manufacturers may send IVI 2.0 since this day (EReg ReadMe IVI 2.0, timelines); it is the first release we make. */
const firstDay = '2025-09-01'

/** Approval codes of the United Kingdom: Great Britain and Northern Ireland. */
const ukCodes = ['g11', 'n11']

const replaceOnce = (text: string, part: RegExp, by: string): string => text.replace(part, by)

/**
 * The United Kingdom's schema is not published; all that is known is that it is close to that of the Union, with g11 and
 * n11 as approving states. Until it is imported, the Union's stands in: the header must name one of these two, and
 * where another state is named (eco-innovations) they are allowed beside the Union's.
 */
export const ukStandIn = (source: CatalogueSource = ivi20Source): CatalogueSource => ({
  ...source,
  groups: replaceOnce(
    source.groups,
    / DesignatedTypeApprovalCountry:TypeApprovalCountryCode(?=\s)/,
    ' DesignatedTypeApprovalCountry:UkTypeApprovalCountryCode',
  ),
  types: `${replaceOnce(
    source.types,
    /^(TypeApprovalCountryCode .*)$/m,
    `$1|${ukCodes.join('|')}`,
  )}UkTypeApprovalCountryCode xs:string maxLength=4 | ${ukCodes.join('|')}\n`,
})

/** The releases that are part of the product; an imported one of the same number and profile takes their place. */
export const builtInReleases: readonly Release[] = [
  { version: '2.0', profile: 'EU', from: firstDay, catalogue: ivi20, sha256: undefined, standIn: false },
  {
    version: '2.0',
    profile: 'UK',
    from: firstDay,
    catalogue: parseCatalogue(ukStandIn()),
    sha256: undefined,
    standIn: true,
  },
]
