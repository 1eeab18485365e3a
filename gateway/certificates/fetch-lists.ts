import { GatewayError } from '../contract/errors.ts'
import type { Finding } from '../contract/finding.ts'
import type { GatewayConfig } from '../config/schema.ts'
import { readListFacts } from '../trust/lists/list-facts.ts'
import { listLimits } from '../trust/lists/read-list.ts'
import { isListOfLists } from '../trust/lists/trusted-list.ts'
import { makeTrustFetch } from '../trust/trust-fetch.ts'
import type { TrustFetch } from '../trust/trust-fetch.ts'
import { importLists } from './import-lists.ts'
import type { ImportedList, ListFile, ListTools } from './import-lists.ts'

const timeoutMs = 60_000
const maxLists = 60

const notConfigured = (): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'TSL-003',
    message: 'No address of a list of lists is configured.',
    hint: 'Set trust.lotlUrl in gateway.yaml, or import the lists from files.',
  })

interface Failed {
  readonly file: string
  readonly problem: Finding
}
type Fetched = ListFile | Failed
const failed = ({ file, problem }: Failed): ImportedList => ({ file, ok: false, list: undefined, findings: [problem] })

const get = async (url: string, fetch: TrustFetch): Promise<Fetched> => {
  try {
    return { file: url, bytes: await fetch({ url, maxBytes: listLimits.maxBytes }) }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const { code, message } = error
    return { file: url, problem: { code, layer: 'trust', severity: 'error', path: '/', message } }
  }
}

/** Addresses of the national lists as XML; PDF copies are for people. */
const addressesOf = (lotl: Buffer, territories: readonly string[]): string[] => {
  const facts = readListFacts(lotl)
  if (!('sequence' in facts)) return []
  const wanted = facts.pointers.filter(
    (p) =>
      !isListOfLists(p) &&
      /^(|application\/vnd\.etsi\.tsl\+xml)$/i.test(p.mimeType) &&
      (territories.length === 0 || territories.includes(p.territory)),
  )
  return [...new Set(wanted.map(({ location }) => location))].slice(0, maxLists)
}

/**
 * Gets the list of lists from the configured address and then the national lists it names, by proxy where one is configured, and
 * takes them in. What cannot be had is a finding of its own (`TRU-140`) and stops none of the others.
 * Throws `TSL-003` (config) when no address is configured.
 */
export const fetchLists = async (
  tools: ListTools & { readonly config: GatewayConfig },
  actor: string,
): Promise<readonly ImportedList[]> => {
  const { lotlUrl, proxy, territories } = tools.config.trust
  if (lotlUrl === undefined) throw notConfigured()
  const fetch = makeTrustFetch({ proxy, timeoutMs })
  const lotl = await get(lotlUrl, fetch)
  if ('problem' in lotl) return [failed(lotl)]
  const first = await importLists([lotl], actor, tools)
  // Where an untrusted list points to is nobody's business.
  if (!first.every(({ ok }) => ok)) return first
  const fetched: Fetched[] = []
  for (const url of addressesOf(lotl.bytes, territories)) fetched.push(await get(url, fetch))
  const files = fetched.filter((one): one is ListFile => 'bytes' in one)
  const imported = await importLists(files, actor, tools)
  return [...first, ...imported, ...fetched.flatMap((one) => ('problem' in one ? [failed(one)] : []))]
}
