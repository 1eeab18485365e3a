import type { ClockWatch } from '../../clock-skew/clock-watch.ts'
import { readConfigured } from '../../config/load-config.ts'
import type { GatewayConfig } from '../../config/schema.ts'
import { EvidenceBook } from '../../signature/evidence-book.ts'
import { verifyDocument } from '../../signature/verify-document.ts'
import { verifyWithRevocation } from '../../signature/verify-with-revocation.ts'
import type { Store } from '../../store/store.ts'
import { readCertificates } from '../../trust/certificate.ts'
import { makeRevocationService } from '../../trust/revocation-service.ts'
import { makeTrustFetch } from '../../trust/trust-fetch.ts'
import { withPatience } from '../../trust/with-patience.ts'
import type { Tools } from '../tools.ts'
import { EvidenceKeeper } from './evidence-keeper.ts'
import { seenAuthorities } from './seen-authorities.ts'
import { openTimeStamps } from './time-stamps.ts'

/** A base eCoC is not held up longer by a trust service that does not answer. */
const patienceMs = 3_000

export type TrustTools = Pick<
  Tools,
  'verify' | 'verifyAsking' | 'anchors' | 'revocation' | 'evidence' | 'evidenceKeeper' | 'timeStamps'
>

/**
 * Everything that verifies and that asks trust services, by the proxy of `trust`.
 * Throws `CFG-013` a file that cannot be read, `TRU-002` one that is no certificate.
 */
export const openTrust = async (
  input: { readonly config: GatewayConfig; readonly configFolder: string; readonly store: Store },
  clockWatch: ClockWatch,
): Promise<TrustTools> => {
  const { config, configFolder, store } = input
  const clock = (): Date => new Date()
  const trustAnchors = await Promise.all(config.trustAnchors.map((file) => readConfigured(configFolder, file)))
  const anchors = trustAnchors.flatMap(readCertificates)
  const fetch = makeTrustFetch({ proxy: config.trust.proxy })
  const revocation = makeRevocationService({ fetch })
  const patient = withPatience(revocation, patienceMs)
  const seen = seenAuthorities(store)
  const timeStamps = await openTimeStamps({ config, configFolder, fetch, clockWatch, seen })
  const ofStamps = timeStamps.all.flatMap((authority) => authority.anchors.map(({ der }) => der))
  const trust = { trustAnchors, timeStampAnchors: [...trustAnchors, ...ofStamps] }
  return {
    anchors,
    revocation,
    timeStamps,
    evidence: new EvidenceBook(anchors, revocation),
    evidenceKeeper: new EvidenceKeeper(store, clock),
    verify: (bytes, at) => verifyDocument(bytes, { ...trust, ...(at ? { at } : {}) }),
    verifyAsking: (bytes) => verifyWithRevocation(bytes, { ...trust, revocation: patient }),
  }
}
