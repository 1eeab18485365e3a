import type { SignerContext } from '../../signers/signer-kind.ts'
import type { Store } from '../../store/store.ts'
import { event } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'

/** Writes each recovery of a signer once into audit and log. */
export const recoveryTeller =
  ({ store, log }: { readonly store: Store; readonly log: Logger }): NonNullable<SignerContext['recovered']> =>
  ({ signer, how, code, reason, tookMs }) => {
    const detail = { how, code, reason, tookMs }
    log.warn({ signer, ...detail }, 'a signer came back')
    const told = event({
      at: instant(new Date()),
      actor: 'gateway',
      type: 'signer.recovered',
      subject: signer,
      detail,
    })
    store.commit([told]).catch((error: unknown) => log.error({ err: error }, 'a recovery could not be recorded'))
  }
