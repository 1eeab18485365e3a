import { constants, createCipheriv, createHash, publicEncrypt, randomBytes, type X509Certificate } from 'node:crypto'
import { base64Encoding, extensionNamespace } from './security-header.ts'
import { signatureNamespace } from './sign-parts.ts'

const encryptionNamespace = 'http://www.w3.org/2001/04/xmlenc#'
const thumbprint = 'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1'

/**
 * Content of an element encrypted for one receiver (XML-Enc 1.1): AES-256-GCM with a fresh key and a fresh 96-bit IV before the
 * ciphertext and the 128-bit tag after it (5.2.4); the key by RSA-OAEP with MGF1 and SHA-1 (5.5.2), the one that every stack has;
 * OAEP does not rest on SHA-1 being free of collisions.
 * @param certificate the receiver's, with an RSA key
 * @returns the EncryptedKey for the Security header and the EncryptedData that takes the content's place
 */
export const encryptContent = (content: Buffer, certificate: X509Certificate): { key: string; data: string } => {
  const [secret, iv] = [randomBytes(32), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', secret, iv)
  const sealed = Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()])
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const wrapped = publicEncrypt({ key: certificate.publicKey, padding, oaepHash: 'sha1' }, secret)
  const whose = createHash('sha1').update(certificate.raw).digest('base64')
  const value = (bytes: Buffer): string =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
  return {
    key:
      `<xenc:EncryptedKey xmlns:xenc="${encryptionNamespace}" Id="EncryptedKey"><xenc:EncryptionMethod Algorithm="${encryptionNamespace}rsa-oaep-mgf1p">` +
      `<ds:DigestMethod xmlns:ds="${signatureNamespace}" Algorithm="${signatureNamespace}sha1"/></xenc:EncryptionMethod>` +
      `<ds:KeyInfo xmlns:ds="${signatureNamespace}"><wsse:SecurityTokenReference><wsse:KeyIdentifier EncodingType="${base64Encoding}" ` +
      `ValueType="${thumbprint}">${whose}</wsse:KeyIdentifier></wsse:SecurityTokenReference></ds:KeyInfo>${value(wrapped)}` +
      `<xenc:ReferenceList><xenc:DataReference URI="#EncryptedBody"/></xenc:ReferenceList></xenc:EncryptedKey>`,
    data:
      `<xenc:EncryptedData xmlns:xenc="${encryptionNamespace}" Id="EncryptedBody" Type="${encryptionNamespace}Content">` +
      `<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>` +
      `<ds:KeyInfo xmlns:ds="${signatureNamespace}"><wsse:SecurityTokenReference xmlns:wsse="${extensionNamespace}">` +
      `<wsse:Reference URI="#EncryptedKey"/></wsse:SecurityTokenReference></ds:KeyInfo>${value(sealed)}</xenc:EncryptedData>`,
  }
}
