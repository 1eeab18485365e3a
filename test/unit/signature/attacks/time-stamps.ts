import { createHash } from 'node:crypto'
import { TSTInfo } from '@peculiar/asn1-tsp'
import { asnBytes, parseAsn } from '../../../../gateway/trust/asn1.ts'
import { raiseLevel } from '../../../../gateway/signature/raise-level.ts'
import { readCertificate } from '../../../../gateway/trust/certificate.ts'
import { makeRevocationService } from '../../../../gateway/trust/revocation-service.ts'
import { makeTimeStampService } from '../../../../gateway/trust/time-stamp-service.ts'
import { makeTrustFetch } from '../../../../gateway/trust/trust-fetch.ts'
import type { TrustServices } from '../../../fakes/tsa-ocsp.ts'
import { forgeTimeStamp, tstInfoOf } from '../../../fakes/tsa-ocsp.ts'
import { changed } from '../helpers.ts'
import { anySigner, signedBy } from './attack.ts'
import type { Attack } from './attack.ts'

const encapsulated = /(?<=<xades:EncapsulatedTimeStamp>)[^<]+/

/** Time stamps and revocation: a proof of time for something else, or by somebody else; a revoked seal. */
export const attacksOn = ({ pki, url }: TrustServices): readonly Attack[] => {
  const roots = (): Buffer[] => [pki.read('root.crt')]
  const anchors = [readCertificate(pki.read('root.crt'))]
  const fetch = makeTrustFetch()
  const timeStamp = makeTimeStampService({ fetch, url: `${url}/tsa`, anchors })
  const revocation = makeRevocationService({ fetch })
  const signedHere = (name: string): Promise<Buffer> =>
    signedBy(anySigner(pki.read(`${name}.key`), pki.read(`${name}.crt`), pki.read('issuing.crt')))
  const stamped = async (): Promise<Buffer> => {
    const options = { level: 'T', anchors, timeStamp, revocation, now: new Date() } as const
    return (await raiseLevel(await signedHere('signer'), options)).bytes
  }
  const tokenIn = (bytes: Buffer): Buffer => Buffer.from(encapsulated.exec(bytes.toString())?.[0] ?? '', 'base64')
  const replaced = (bytes: Buffer, token: Buffer): Buffer => changed(encapsulated, token.toString('base64'), bytes)
  /** The token with another time in it, signed anew by any certificate. */
  const retimed = async (bytes: Buffer, time: Date, by: string): Promise<Buffer> => {
    const info = parseAsn(tstInfoOf(tokenIn(bytes)), TSTInfo, 'time-stamp info')
    info.genTime = time
    return replaced(bytes, await forgeTimeStamp(pki, asnBytes(info), by))
  }
  return [
    {
      how: 'the time stamp of another document',
      code: 'TRU-130',
      roots,
      make: async () => {
        const data = createHash('sha256').update('another').digest()
        return replaced(await stamped(), (await timeStamp.stamp(data, new Date())).token)
      },
    },
    {
      how: 'a time stamp whose time was changed',
      code: 'TRU-131',
      roots,
      make: async () => {
        const bytes = await stamped()
        const token = tokenIn(bytes)
        const info = tstInfoOf(token)
        // GeneralizedTime: 0x18, its length, YYYYMMDD…; the last digit of the year.
        const at = token.indexOf(info) + info.indexOf(Buffer.from([0x18, 15])) + 5
        token[at] = token[at]! ^ 1
        return replaced(bytes, token)
      },
    },
    {
      how: 'an earlier time, stamped by an ordinary seal of the same authority',
      code: 'TRU-135',
      roots,
      make: async () => retimed(await stamped(), new Date(Date.now() - 60_000), 'signer'),
    },
    {
      how: 'a time in the future, to make a signature outlive its certificate',
      code: 'TRU-134',
      roots,
      make: async () => retimed(await stamped(), new Date(Date.now() + 86_400_000), 'tsa'),
    },
    {
      how: 'something that is no time stamp',
      code: 'TRU-001',
      roots,
      make: async () => replaced(await stamped(), Buffer.from('0500', 'hex')),
    },
    {
      how: 'a time stamp under a canonicalisation that nobody knows',
      code: 'SIG-128',
      roots,
      make: async () =>
        changed(
          /(?<=<xades:SignatureTimeStamp><ds:CanonicalizationMethod Algorithm=")[^"]+/,
          'urn:mine',
          await stamped(),
        ),
    },
    { how: 'a seal that was revoked', code: 'TRU-120', roots, make: () => signedHere('revoked') },
    { how: 'a seal that was revoked, by list only', code: 'TRU-120', roots, make: () => signedHere('revoked-crl') },
  ]
}
