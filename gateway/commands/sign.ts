import { GatewayError, isValid, type Signer } from '../contract/index.ts'
import { signerFor, trustAnchorsFor } from '../data-folder.ts'
import { readDocument } from '../ivi/read-document.ts'
import { writeDocument } from '../ivi/write-document.ts'
import { raiseLevel } from '../signature/raise-level.ts'
import { signDocument } from '../signature/sign-document.ts'
import { verifyOwnSignature } from '../signature/verify-own-signature.ts'
import { readCertificates } from '../trust/certificate.ts'
import { makeRevocationService } from '../trust/revocation-service.ts'
import { makeTimeStampService } from '../trust/time-stamp-service.ts'
import { makeTrustFetch } from '../trust/trust-fetch.ts'
import { parse, readInput, usageError, writeOutput } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage =
  'sign FILE --out FILE [--signer S] [--level XMLDSig|B|T|LT] [--tsa URL] [--tsa-trust FILE…] [--proxy URL] [--json]'

const string = { type: 'string' } as const
const options = {
  out: string,
  signer: string,
  level: string,
  tsa: string,
  'tsa-trust': { type: 'string', multiple: true },
  proxy: string,
  json: { type: 'boolean' },
} as const

const levels = ['XMLDSig', 'B', 'T', 'LT'] as const
type Level = (typeof levels)[number]

const levelOf = (asked: string | undefined, tsa: string | undefined): Level => {
  const level = levels.find((l) => l === (asked ?? 'B'))
  if (!level) throw usageError(`There is no level "${asked ?? ''}"; there are ${levels.join(', ')}.`, usage)
  const needsTsa = level === 'T' || level === 'LT'
  if (needsTsa && !tsa) throw usageError(`Level ${level} needs a time-stamping authority: name one with --tsa.`, usage)
  return level
}

/** Signs in the form of the level, and checks it. */
const sign = async (document: Buffer, signer: Signer, level: Level) => {
  const signingTime = new Date()
  const form = level === 'XMLDSig' ? 'xmldsig' : 'xades'
  const signed = await signDocument(document, signer, { signingTime, form })
  const [fault] = verifyOwnSignature(signed.bytes, { document, signer, signingTime, form })
  if (!fault) return signed
  const message = `Our own signature does not verify: ${fault.message}`
  throw new GatewayError({ kind: 'security', code: 'SIG-201', message, hint: 'Check the signer’s certificate.' })
}

const raise = async (
  bytes: Buffer,
  level: 'T' | 'LT',
  asked: { readonly tsa: string; readonly tsaTrust: readonly string[]; readonly proxy: string | undefined },
  io: Io,
) => {
  const anchors = (await trustAnchorsFor(io)).flatMap(readCertificates)
  const named = await Promise.all(asked.tsaTrust.map((file) => readInput(file, io.cwd)))
  const timeStampAnchors = [...anchors, ...named.flatMap(readCertificates)]
  const fetch = makeTrustFetch({ proxy: asked.proxy })
  const timeStamp = makeTimeStampService({ fetch, url: asked.tsa, anchors: timeStampAnchors })
  const revocation = makeRevocationService({ fetch })
  return raiseLevel(bytes, { level, anchors, timeStampAnchors, timeStamp, revocation, now: new Date() })
}

/** Signs one document, written anew in canonical form. */
const command: Command = {
  where: 'here',
  summary: 'signs one document',
  usage,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, usage)
    const [file] = positionals
    if (file === undefined || positionals.length > 1 || !values.out) throw usageError('Name one file and --out.', usage)
    const { tsa, proxy } = values
    const level = levelOf(values.level, tsa)
    const { tree, findings } = readDocument(await readInput(file, io.cwd))
    if (!isValid(findings)) {
      if (values.json) io.out(JSON.stringify({ file: null, level: null, certificate: null, findings }))
      else printFindings(file, 'cannot be signed', findings, io)
      return exit.no
    }
    const signer = await signerFor(io, values.signer)
    const signed = await sign(writeDocument(tree), signer, level).finally(() => signer.close())
    const isRaised = (level === 'T' || level === 'LT') && tsa !== undefined
    const asked = { tsa: tsa ?? '', tsaTrust: values['tsa-trust'] ?? [], proxy }
    const { bytes } = isRaised ? await raise(signed.bytes, level, asked, io) : signed
    await writeOutput(values.out, bytes, io.cwd)
    const reached = level === 'XMLDSig' ? level : `XAdES-${level}`
    const result = { file: values.out, level: reached, certificate: signed.certificateSha256 }
    io.out(
      values.json ? JSON.stringify(result) : `${values.out}: signed, ${reached}, certificate ${result.certificate}`,
    )
    return exit.yes
  },
}
export default command
