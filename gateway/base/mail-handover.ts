import nodemailer from 'nodemailer'
import { GatewayError } from '../contract/errors.ts'
import type { SiteFiles } from '../contract/site-files.ts'

/** A mail server, as the site configures it; times in milliseconds. */
export interface MailServer {
  readonly host: string
  readonly port: number
  readonly security: 'starttls' | 'tls' | 'none'
  readonly trustAnchors?: readonly string[] | undefined
  readonly user?: string | undefined
  readonly passwordFile?: string | undefined
  readonly from: string
  readonly to: readonly string[]
}

export interface HandoverMail {
  readonly vin: string
  readonly subject: string
  readonly text: string
  /** The same for the same document: a mail that is sent twice can be told by it. */
  readonly id: string
  readonly attachments: readonly { readonly filename: string; readonly content: Buffer; readonly contentType: string }[]
}

const failed = (
  kind: 'operational' | 'rejection',
  code: string,
  message: string,
  hint: string,
  cause: unknown,
): GatewayError => new GatewayError({ kind, code, message, hint, cause })

/** Said no for good (RFC 5321, 5yz), or wants a log-in that it does not accept: only a person can help. */
const isRefused = (error: { responseCode?: unknown; code?: unknown }): boolean =>
  (typeof error.responseCode === 'number' && error.responseCode >= 500) ||
  error.code === 'EAUTH' ||
  error.code === 'EENVELOPE'

/**
 * Sends a mail with the eCoC attached.
 * @throws GatewayError BAS-041 refused for good, BAS-040 not delivered for now
 */
export const sendMail = async (
  server: MailServer,
  mail: HandoverMail,
  files: SiteFiles,
  timeoutMs: number,
): Promise<void> => {
  const { host, port, security, user, passwordFile, trustAnchors } = server
  const ca = trustAnchors && (await Promise.all(trustAnchors.map((f) => files.read(f))))
  const pass = passwordFile === undefined ? undefined : await files.secret(passwordFile)
  const transport = nodemailer.createTransport({
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(user === undefined ? {} : { auth: { user, pass: pass ?? '' } }),
    ...(ca ? { tls: { ca } } : {}),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  try {
    const { subject, text, attachments } = mail
    const messageId = `<${mail.id}@${server.from.split('@')[1] ?? 'localhost'}>`
    const sent = await transport.sendMail({
      ...{ from: server.from, to: [...server.to], subject, text, messageId, attachments: [...attachments] },
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    if (sent.rejected.length === 0) return
    const cause = { responseCode: 550 }
    throw failed('rejection', 'BAS-041', `${host} refused some of the addresses.`, 'Correct them, then retry.', cause)
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    const message = `${host}: ${(cause as Error).message}`
    throw isRefused(cause as { responseCode?: unknown })
      ? failed('rejection', 'BAS-041', message, 'Correct the address or the log-in, then retry.', cause)
      : failed('operational', 'BAS-040', message, 'It is tried again by itself.', cause)
  } finally {
    transport.close()
  }
}
