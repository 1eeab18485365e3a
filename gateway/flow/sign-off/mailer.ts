import type { SignOffSettings } from '../../config/parts/sign-off.ts'
import { readConfigured } from '../../config/load-config.ts'
import { GatewayError } from '../../contract/index.ts'

export interface Mail {
  readonly subject: string
  readonly text: string
  /** Whether those above are told too. */
  readonly isEscalation: boolean
}
/** Sends a mail to those whom the site named. */
export type SendMail = (mail: Mail) => Promise<void>

const patienceMs = 20_000

/**
 * Makes what sends mail by the site's own relay; undefined where none is configured. Files are read anew for each mail, so
 * a changed password counts at once. Over TLS the server's certificate is always checked.
 */
export const createMailer = (settings: SignOffSettings, configFolder: string): SendMail | undefined => {
  const { mail } = settings
  if (mail === undefined) return undefined
  return async ({ subject, text, isEscalation }) => {
    const { createTransport } = await import('nodemailer')
    const { host, port, security, user, passwordFile, ca, from, to, escalateTo } = mail
    const pass = passwordFile && (await readConfigured(configFolder, passwordFile)).toString('utf8').trim()
    const transport = createTransport({
      ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls' },
      ...{ ignoreTLS: security === 'none', disableFileAccess: true, disableUrlAccess: true },
      ...{ connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs },
      ...(ca === undefined ? {} : { tls: { ca: await readConfigured(configFolder, ca) } }),
      ...(user === undefined ? {} : { auth: { user, pass: pass ?? '' } }),
    })
    try {
      await transport.sendMail({ from, to: [...to, ...(isEscalation ? escalateTo : [])], subject, text })
    } catch (error) {
      const message = `The mail server ${host}:${port} took no mail: ${(error as Error).message}`
      const hint = 'Check signOff.mail in gateway.yaml.'
      throw new GatewayError({ kind: 'operational', code: 'ALR-001', message, hint, cause: error })
    } finally {
      transport.close()
    }
  }
}
