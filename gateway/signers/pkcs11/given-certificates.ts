import { readFile, stat } from 'node:fs/promises'
import { type Certificate, readCertificate, readCertificates } from '../../trust/certificate.ts'
import type { GivenCertificates } from './choose-key.ts'
import type { TokenContents } from './messages.ts'
import { refuse } from './refusals.ts'

const maxFileBytes = 1024 * 1024

/** Certificates of the files that a site names. Throws `SIG-526` for one that cannot be read. */
export const readCertificateFiles = async (files: readonly string[]): Promise<Certificate[]> => {
  const all: Certificate[] = []
  for (const file of files) {
    try {
      if ((await stat(file)).size > maxFileBytes) throw refuse('SIG-526', `${file} is too big.`, 'Check the path.')
      all.push(...readCertificates(await readFile(file)))
    } catch (cause) {
      const hint = 'Give certificates as PEM or DER, and check that the user of the gateway may read the file.'
      throw refuse('SIG-526', `The certificate file ${file} cannot be read.`, hint, cause)
    }
  }
  return all
}

/** Certificates on the token; what cannot be read as one is passed over, as tokens hold other things too. */
export const givenCertificates = (fromFiles: readonly Certificate[], contents: TokenContents): GivenCertificates => ({
  fromFiles,
  fromToken: contents.certificates.flatMap(({ der, id }) => {
    try {
      return [{ certificate: readCertificate(Buffer.from(der, 'base64')), id }]
    } catch {
      return []
    }
  }),
})
