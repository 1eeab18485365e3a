import type { CertificateSource } from '../../certificates/register.ts'
import type { ClockWatch } from '../../clock-skew/clock-watch.ts'
import { twoClocks } from '../../clock-skew/clock-watch.ts'
import { readConfigured } from '../../config/load-config.ts'
import type { TimeStampSetting } from '../../config/parts/signature.ts'
import type { GatewayConfig } from '../../config/schema.ts'
import type { Certificate } from '../../trust/certificate.ts'
import { readCertificates } from '../../trust/certificate.ts'
import type { TimeStampService } from '../../trust/time-stamp-service.ts'
import { makeTimeStampService } from '../../trust/time-stamp-service.ts'
import type { TrustFetch } from '../../trust/trust-fetch.ts'

/** A time-stamping authority of the site. */
export interface Authority extends TimeStampService {
  readonly url: string
  readonly anchors: readonly Certificate[]
}

export interface TimeStampsInput {
  readonly config: Pick<GatewayConfig, 'accessPoints' | 'trust'>
  readonly configFolder: string
  readonly fetch: TrustFetch
  readonly clockWatch: ClockWatch
  /** The certificates that stamped last, by address, kept over restarts. */
  readonly seen: {
    get(url: string): Promise<readonly Buffer[]>
    put(url: string, certificates: readonly Buffer[]): Promise<void>
  }
}

/** Their time is the best that we hear: it is signed. Who stamped is told to the register of certificates. */
const watched = (
  url: string,
  anchors: readonly Certificate[],
  service: TimeStampService,
  { clockWatch, seen }: TimeStampsInput,
): Authority => {
  let last = ''
  const stamp: TimeStampService['stamp'] = async (data, at) => {
    const sent = twoClocks()
    const made = await service.stamp(data, at)
    const { stamp: token, path } = made.checked
    if (token)
      clockWatch.note({ peer: url, kind: 'time-stamp', time: token.time.getTime(), sent, received: twoClocks() })
    const [signer] = path
    if (signer && signer.sha256 !== last) {
      await seen.put(
        url,
        path.slice(0, Math.max(1, path.length - 1)).map(({ der }) => der),
      )
      last = signer.sha256
    }
    return made
  }
  return { url, anchors, stamp }
}

/** Who stamps documents for which access point. Made by `openTimeStamps`. */
export class TimeStamps {
  readonly #site: Authority | undefined
  readonly #byPoint: ReadonlyMap<string, Authority>
  readonly #seen: TimeStampsInput['seen']

  constructor(
    site: Authority | undefined,
    byPoint: ReadonlyMap<string, Authority>,
    seen: Pick<TimeStampsInput, 'seen'>,
  ) {
    this.#site = site
    this.#byPoint = byPoint
    this.#seen = seen.seen
  }

  of(accessPoint: string): Authority | undefined {
    return this.#byPoint.get(accessPoint) ?? this.#site
  }

  /** The one of the whole site. */
  get site(): Authority | undefined {
    return this.#site
  }

  get all(): readonly Authority[] {
    return [...(this.#site ? [this.#site] : []), ...this.#byPoint.values()]
  }

  /** For the register: who stamped last, and the roots. */
  sources(): CertificateSource[] {
    return this.all.flatMap(({ url, anchors }): CertificateSource[] => [
      { use: 'tsa', usedBy: url, from: 'its last time stamp', read: () => this.#seen.get(url) },
      {
        use: 'trust-anchor',
        usedBy: 'time stamps',
        from: `trust anchors of ${url}`,
        read: () => Promise.resolve(anchors.map(({ der }) => der)),
      },
    ])
  }
}

/** Reads the roots of every authority. Throws `CFG-013` a file that cannot be read, `TRU-002` no certificate. */
export const openTimeStamps = async (input: TimeStampsInput): Promise<TimeStamps> => {
  const { config, configFolder, fetch } = input
  const open = async ({ url, policy, trustAnchors }: TimeStampSetting): Promise<Authority> => {
    const files = await Promise.all(trustAnchors.map((file) => readConfigured(configFolder, file)))
    const anchors = files.flatMap(readCertificates)
    return watched(url, anchors, makeTimeStampService({ fetch, url, policy, anchors }), input)
  }
  const site = config.trust.timeStamp && (await open(config.trust.timeStamp))
  const byPoint = new Map<string, Authority>()
  for (const { name, timeStamp } of config.accessPoints) if (timeStamp) byPoint.set(name, await open(timeStamp))
  return new TimeStamps(site, byPoint, input)
}
