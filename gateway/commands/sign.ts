import { type SignatureLevel, signatureLevels } from '../config/parts/signature.ts'
import { type Finding, GatewayError, isValid, type Signer } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { writeDocument } from '../ivi/write-document.ts'
import { statedProfile } from '../ivi/releases/releases.ts'
import { raiseLevel } from '../signature/raise-level.ts'
import { signDocument } from '../signature/sign-document.ts'
import { verifyOwnSignature } from '../signature/verify-own-signature.ts'
import { event } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { sha256 } from '../support/hash.ts'
import { localDay } from '../support/local-time.ts'
import { readCertificates } from '../trust/certificate.ts'
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
type Values = ReturnType<typeof parse<typeof options>>['values']
type Tools = OpenData['tools']

const levelOf = ({ level: asked = 'B', tsa }: Values, { timeStamps }: Tools): SignatureLevel => {
  const level = signatureLevels.find((l) => l === asked)
  if (!level) throw usageError(`There is no level "${asked}"; there are ${signatureLevels.join(', ')}.`, usage)
  if ((level === 'T' || level === 'LT') && !tsa && !timeStamps.site)
    throw usageError(`Level ${level} needs a time-stamping authority: set trust.timeStamp, or --tsa.`, usage)
  return level
}

/** Somebody waits at the screen. */
const patienceMs = 5_000

const revoked = (who: readonly string[]): GatewayError =>
  new GatewayError({
    kind: 'security',
    code: 'SIG-310',
    message: `The seal is revoked, or its issuer is: ${who.join(', ')}. Nothing is signed with it.`,
    hint: 'Get a new seal and configure it.',
  })

/** Signs in the form of the level, and checks it; every use of the key is an audit event. */
const sign = async (document: Buffer, signer: Signer, level: SignatureLevel, file: string, { store }: Tools) => {
  const signingTime = new Date()
  const form = level === 'XMLDSig' ? 'xmldsig' : 'xades'
  const signed = await signDocument(document, signer, { signingTime, form })
  const [fault] = verifyOwnSignature(signed.bytes, { document, signer, signingTime, form })
  const { sha256: hash, certificateSha256: certificate } = signed
  const detail = { file, signer: signer.name, certificate, level, ...(fault ? { why: fault.message } : {}) }
  const type = fault ? 'signature.discarded' : 'signature.made'
  await store.commit([event({ at: instant(signingTime), actor: 'command line', type, subject: hash, detail })])
  if (!fault) return signed
  const message = `Our own signature does not verify: ${fault.message}`
  throw new GatewayError({ kind: 'security', code: 'SIG-201', message, hint: 'Check the signer’s certificate.' })
}

/** The authority that was named, or the site's own. */
const authorityOf = async ({ tsa, 'tsa-trust': trust = [], proxy }: Values, { cwd }: Io, tools: Tools) => {
  if (tsa === undefined && tools.timeStamps.site) return tools.timeStamps.site
  const named = await Promise.all(trust.map((file) => readInput(file, cwd)))
  const anchors = [...tools.anchors, ...named.flatMap(readCertificates)]
  const fetch = makeTrustFetch({ proxy: proxy ?? tools.config.trust.proxy })
  return { anchors, ...makeTimeStampService({ fetch, url: tsa ?? '', anchors }) }
}

const raise = async (
  bytes: Buffer,
  level: 'T' | 'LT',
  context: { readonly values: Values; readonly io: Io; readonly signer: Signer },
  tools: Tools,
): Promise<Buffer> => {
  const { anchors, revocation } = tools
  const now = new Date()
  const authority = await authorityOf(context.values, context.io, tools)
  const evidence = await tools.evidence.of(context.signer, now, patienceMs)
  const stamps = { timeStamp: authority, timeStampAnchors: authority.anchors }
  return (await raiseLevel(bytes, { level, anchors, ...stamps, revocation, evidence, now })).bytes
}

/** In whichever release of IVI it states, of those that are here. */
const readStated = (bytes: Buffer, { releases, config }: Tools) =>
  releases.read(bytes, statedProfile(bytes), localDay(new Date(), config.site.timeZone))

const refuse = (file: string, findings: readonly Finding[], { json }: Values, io: Io): number => {
  if (json) io.out(JSON.stringify({ file: null, level: null, certificate: null, findings }))
  else printFindings(file, 'cannot be signed', findings, io)
  return exit.no
}

/** Signs one document, written anew in canonical form, and notes it in the audit. */
const command: Command = {
  where: 'data',
  summary: 'signs one document',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, options, usage)
    const [file] = positionals
    if (file === undefined || positionals.length > 1 || !values.out) throw usageError('Name one file and --out.', usage)
    const level = levelOf(values, tools)
    const bytes = await readInput(file, io.cwd)
    const { tree, findings } = readStated(bytes, tools)
    if (!isValid(findings)) return refuse(file, findings, values, io)
    const catalogue = tools.releases.catalogueOf(tree, statedProfile(bytes))
    const signer = await tools.signers.named(values.signer)
    const evidence = await tools.evidence.of(signer, new Date(), patienceMs)
    if (evidence.revoked.length > 0) throw revoked(evidence.revoked)
    const signed = await sign(writeDocument(tree, catalogue), signer, level, file, tools)
    const isRaised = level === 'T' || level === 'LT'
    const done = isRaised ? await raise(signed.bytes, level, { values, io, signer }, tools) : signed.bytes
    await writeOutput(values.out, done, io.cwd)
    const reached = level === 'XMLDSig' ? level : `XAdES-${level}`
    const result = { file: values.out, level: reached, certificate: signed.certificateSha256 }
    io.out(
      values.json
        ? JSON.stringify(result)
        : `${values.out}: signed, ${reached}, certificate ${result.certificate}, sha256 ${sha256(done)}`,
    )
    return exit.yes
  },
}
export default command
