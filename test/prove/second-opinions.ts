import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SaxesParser } from 'saxes'
import { SignedXml } from 'xml-crypto'

const run = promisify(execFile)

/** Somebody else's verdict on signed documents: whether each is good. `roots`: PEM file of the roots. */
export type Opinion = (documents: readonly Buffer[], roots: string) => Promise<boolean[]>

/** More files than this on one command line would be too long for some systems. */
const atOnce = 500

const xmlsecOnce = async (files: readonly string[], roots: string): Promise<boolean> => {
  const trusted = ['--verify', '--enabled-key-data', 'x509', '--trusted-pem', roots]
  return run('xmlsec1', [...trusted, ...files], { maxBuffer: 64 * 1024 * 1024 }).then(
    () => true,
    () => false,
  )
}

/** xmlsec1, chain from KeyInfo to the root included. It stops at the first bad file, so a bad lot is asked about one by one. */
export const xmlsec: Opinion = async (documents, roots) => {
  const verdicts: boolean[] = []
  for (let at = 0; at < documents.length; at += atOnce) {
    const dir = mkdtempSync(join(tmpdir(), 'ecoc-xmlsec-'))
    const files = documents.slice(at, at + atOnce).map((bytes, i) => {
      const file = join(dir, `${i}.xml`)
      writeFileSync(file, bytes)
      return file
    })
    if (await xmlsecOnce(files, roots)) verdicts.push(...files.map(() => true))
    else for (const file of files) verdicts.push(await xmlsecOnce([file], roots))
    rmSync(dir, { recursive: true, force: true })
  }
  return verdicts
}

export const certificatesIn = (xml: string): X509Certificate[] =>
  [...xml.matchAll(/<ds:X509Certificate>([^<]+)</g)].map(
    ([, base64 = '']) => new X509Certificate(Buffer.from(base64, 'base64')),
  )

/** The chain as it stands in KeyInfo, each issued by the next, the last by the root: what xml-crypto leaves to its caller. */
export const isTrusted = ([leaf, ...issuers]: readonly X509Certificate[], root: X509Certificate): boolean => {
  let last = leaf
  for (const issuer of [...issuers, root]) {
    if (!last?.checkIssued(issuer) || !last.verify(issuer.publicKey)) return false
    last = issuer
  }
  return true
}

/** xml-crypto reads with xmldom, which lets malformed XML pass, even NUL bytes; whoever uses it must look before. */
export const assertWellFormed = (xml: string): void => {
  new SaxesParser({ xmlns: true }).write(xml).close()
}

const xmlCryptoOnce = (bytes: Buffer, root: X509Certificate): boolean => {
  try {
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    assertWellFormed(xml)
    const chain = certificatesIn(xml)
    const [leaf] = chain
    if (!leaf || !isTrusted(chain, root)) return false
    const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
    const foreign = new SignedXml({ publicCert: leaf.toString(), getCertFromKeyInfo: () => null })
    foreign.loadSignature(signature)
    // Both references must be there: what is not referred to, it does not look at.
    return foreign.checkSignature(xml) && foreign.getSignedReferences().length === 2
  } catch {
    return false
  }
}

/** xml-crypto for the signature and both references, Node's own X.509 for the chain. */
export const xmlCrypto: Opinion = async (documents, roots) => {
  const { readFile } = await import('node:fs/promises')
  const root = new X509Certificate(await readFile(roots))
  return documents.map((bytes) => xmlCryptoOnce(bytes, root))
}
