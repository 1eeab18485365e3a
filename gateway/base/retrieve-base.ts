import type { BaseEcoc, Finding, Verification, Vin } from '../contract/index.ts'
import { isValid } from '../contract/index.ts'
import { valueAt } from '../ivi/get-value.ts'
import { type ReadDocument, readDocument } from '../ivi/read-document.ts'
import { sha256 } from '../support/hash.ts'
import { stageOf } from './check-pairing.ts'

/** Signature and signer; one that asks about revocation answers later. */
export type Verify = (bytes: Buffer) => Verification | Promise<Verification>

/** A place that may hold the base eCoC of a VIN. */
export interface BaseOrigin {
  readonly name: string
  /** The document's bytes, undefined when it has none for this VIN. May throw: then it is asked again later. */
  fetch(vin: Vin): Promise<Buffer | undefined>
}

export type BaseResult =
  | { readonly kind: 'found'; readonly base: BaseEcoc; readonly verification: Verification }
  | { readonly kind: 'missing'; readonly asked: readonly string[]; readonly failures: readonly string[] }
  | { readonly kind: 'unfit'; readonly findings: readonly Finding[]; readonly origin: string }

/**
 * Reads and verifies a base eCoC. Its signature must be good and trusted, and it must speak of this VIN:
 * what stands in it goes into a document that we sign.
 * @param read with the catalogue of the release that the document states
 */
export const acceptBase = async (
  bytes: Buffer,
  vin: Vin | undefined,
  origin: string,
  verify: Verify,
  read: (bytes: Buffer) => ReadDocument = readDocument,
): Promise<BaseResult> => {
  const verification = await verify(bytes)
  const { tree, findings } = read(bytes)
  // Of another release than we read: what its signature is worth does not matter then.
  if (findings.some(({ code }) => code === 'IVI-013' || code === 'IVI-014')) return { kind: 'unfit', findings, origin }
  const all = [...verification.findings, ...findings]
  if (!verification.valid || verification.trust !== 'trusted' || !isValid(findings))
    return { kind: 'unfit', findings: all, origin }
  const stated = valueAt(tree, 'VehicleIdentificationNumber')
  if (stated === undefined || (vin !== undefined && stated !== vin)) {
    const message = `The document speaks of VIN ${stated ?? 'nobody'}, not of ${vin ?? 'a vehicle'}.`
    const finding = { code: 'BAS-003', layer: 'base', severity: 'error', path: '/', message } as const
    return { kind: 'unfit', findings: [...all, finding], origin }
  }
  const base = { vin: stated as Vin, stage: stageOf(tree), bytes, sha256: sha256(bytes), tree, origin }
  return { kind: 'found', base, verification }
}

/**
 * Asks each place in turn; the first that has a good one wins. A place that fails does not stop the others.
 * @param isOwn whether a document is of the vehicle's own stage: a place that already has ours gives it for the VIN
 */
export const retrieveBase = async (
  vin: Vin,
  origins: readonly BaseOrigin[],
  verify: Verify,
  read: (bytes: Buffer) => ReadDocument = readDocument,
  isOwn: (base: BaseEcoc) => boolean = () => false,
): Promise<BaseResult> => {
  const failures: string[] = []
  let unfit: BaseResult | undefined
  for (const origin of origins) {
    try {
      const bytes = await origin.fetch(vin)
      if (!bytes) continue
      const result = await acceptBase(bytes, vin, origin.name, verify, read)
      if (result.kind === 'found' && isOwn(result.base)) continue
      if (result.kind === 'found') return result
      unfit ??= result
    } catch (error) {
      failures.push(`${origin.name}: ${(error as Error).message}`)
    }
  }
  return unfit ?? { kind: 'missing', asked: origins.map((o) => o.name), failures }
}
