import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRules } from '../../checks/run-rules.ts'
import { createSchemaCheck } from '../../checks/schema-check.ts'
import { readDocument } from '../../ivi/read-document.ts'
import { writeDocument } from '../../ivi/write-document.ts'
import { loadPemSigner } from '../../signature/file-signer.ts'
import { signDocument } from '../../signature/sign-document.ts'
import { verifyDocument } from '../../signature/verify-document.ts'
import { sampleBaseInfo, sampleBaseTree } from '../samples/base-vehicle.ts'
import { checkSigner, signerCertificate } from './check-signer.ts'
import { makeExpiredCertificate } from './expired-certificate.ts'
import { readRevocationList } from './revocation-list.ts'
import type { SimulatorOptions } from './run-simulator.ts'

/**
 * What a real access point is made of, from the product's own parts and the example PKI: the same schema, rules and
 * signature checks as the gateway's, who may sign what, the PKI's revocation list, and the example chassis maker's seal for base eCoCs.
 * @param pki folder made by certs.example/make-pki.sh
 */
export const realParts = async (
  pki: string,
): Promise<Pick<SimulatorOptions, 'tls' | 'expiredCertificate' | 'checks' | 'sampleBase'>> => {
  const file = (name: string): Promise<Buffer> => readFile(join(pki, name))
  const [root, issuing, certificate, key, crl] = await Promise.all([
    file('root.crt'),
    file('issuing.crt'),
    file('server.chain.pem'),
    file('server.key'),
    file('issuing.crl'),
  ])
  const isRevoked = readRevocationList(crl)
  const [schema, rules] = await Promise.all([createSchemaCheck(), createRules()])
  const chassisMaker = await loadPemSigner({
    name: 'example chassis maker',
    keyFile: join(pki, 'chassis-signer.key'),
    certificateFiles: [join(pki, 'chassis-signer.chain.pem')],
  })
  return {
    tls: { certificate, key, clientAnchors: [root, issuing], isRevoked },
    expiredCertificate: () => makeExpiredCertificate(pki),
    checks: {
      schema: (bytes) => schema.check(bytes),
      rules(bytes) {
        const { tree, findings } = readDocument(bytes)
        return [...findings, ...rules.check(tree)]
      },
      verify: (bytes) => verifyDocument(bytes, { trustAnchors: [root] }),
      signer(bytes, { certificateSha256 }) {
        const signer = signerCertificate(bytes, certificateSha256)
        // The signature was verified: without its certificate it could not have been.
        return signer ? checkSigner(readDocument(bytes).tree, signer, isRevoked) : []
      },
    },
    sampleBase: {
      info: sampleBaseInfo,
      signed: async (vin) =>
        (await signDocument(writeDocument(sampleBaseTree(vin)), chassisMaker, { signingTime: new Date() })).bytes,
    },
  }
}
