import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignedXml } from 'xml-crypto'
import { costOf, median } from './measure.ts'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const rootEnd = '</InitialVehicleInformation>'

const byXmlCrypto = (xml: string, privateKey: string): string => {
  const signer = new SignedXml({ privateKey, signatureAlgorithm: rsaSha256, canonicalizationAlgorithm: exclusive })
  signer.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [enveloped, exclusive],
    digestAlgorithm: sha256,
  })
  signer.computeSignature(xml)
  return signer.getSignedXml()
}

const template =
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>` +
  `<ds:CanonicalizationMethod Algorithm="${exclusive}"/><ds:SignatureMethod Algorithm="${rsaSha256}"/>` +
  `<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="${enveloped}"/><ds:Transform Algorithm="${exclusive}"/>` +
  `</ds:Transforms><ds:DigestMethod Algorithm="${sha256}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>` +
  `<ds:SignatureValue/></ds:Signature>`

/** Writes unsigned templates and has one xmlsec1 process sign all of them. */
const byXmlsec = (documents: readonly Buffer[], keyFile: string): (() => void) & { clean: () => void } => {
  const dir = mkdtempSync(join(tmpdir(), 'ecoc-bench-xmlsec-'))
  const files = documents.map((bytes, i) => {
    const file = join(dir, `${i}.xml`)
    writeFileSync(
      file,
      bytes.toString().replace(rootEnd, () => template + rootEnd),
    )
    return file
  })
  const run = (): void => {
    const { status } = spawnSync('xmlsec1', ['--sign', '--privkey-pem', keyFile, ...files], { stdio: 'ignore' })
    if (status !== 0) throw new Error(`xmlsec1 did not sign the samples (${String(status)})`)
  }
  return Object.assign(run, { clean: () => rmSync(dir, { recursive: true, force: true }) })
}

/** RSA-2048 signatures per second of OpenSSL's own program, on one core; undefined where it is not installed. */
export const opensslSpeed = (seconds: number): number | undefined => {
  const { status, stdout } = spawnSync('openssl', ['speed', '-mr', '-seconds', String(seconds), 'rsa2048'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // +F2:INDEX:BITS:SIGNATURES PER SECOND:VERIFICATIONS PER SECOND
  const perSecond = Number(/^\+F2:\d+:2048:([\d.]+):/m.exec(stdout)?.[1])
  return status === 0 && perSecond > 0 ? perSecond : undefined
}

/** Documents per second of xml-crypto and of one xmlsec1 process, with the same key; one run each goes before as warm-up. */
export const benchOtherSigners = async (
  documents: readonly Buffer[],
  { keyFile, rounds }: { readonly keyFile: string; readonly rounds: number },
): Promise<{ xmlCryptoPerSecond: number; xmlsecPerSecond: number | undefined }> => {
  const privateKey = readFileSync(keyFile, 'utf8')
  const few = documents.slice(0, 20).map((bytes) => bytes.toString())
  const perSecond = async (count: number, work: () => void): Promise<number> => {
    const walls: number[] = []
    for (let round = -1; round < rounds; round++) {
      const { wallMs } = await costOf(work)
      if (round >= 0) walls.push(wallMs)
    }
    return (1000 * count) / median(walls)
  }
  const xmlCryptoPerSecond = await perSecond(few.length, () => {
    for (const xml of few) byXmlCrypto(xml, privateKey)
  })
  if (spawnSync('xmlsec1', ['--version'], { stdio: 'ignore' }).error)
    return { xmlCryptoPerSecond, xmlsecPerSecond: undefined }
  const xmlsec = byXmlsec(documents, keyFile)
  const xmlsecPerSecond = await perSecond(documents.length, xmlsec)
  xmlsec.clean()
  return { xmlCryptoPerSecond, xmlsecPerSecond }
}
