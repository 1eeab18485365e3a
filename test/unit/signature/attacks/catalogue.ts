import type { TrustServices } from '../../../fakes/tsa-ocsp.ts'
import { attacks as algorithms } from './algorithms.ts'
import type { Attack } from './attack.ts'
import { attacks as keys } from './keys.ts'
import { attacks as readers } from './readers.ts'
import { attacksOn } from './time-stamps.ts'
import { attacks as wrapping } from './wrapping.ts'

/** All attacks by their kind. The services stamp time and know what is revoked. */
export const catalogueWith = (services: TrustServices): Readonly<Record<string, readonly Attack[]>> => ({
  wrapping,
  readers,
  algorithms,
  keys,
  'time stamps and revocation': attacksOn(services),
})
