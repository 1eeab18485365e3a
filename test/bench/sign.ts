import { createPrivateKey, sign as cryptoSign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { makeDocument } from '../../gateway/document/make-document.ts'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import { signOnPool } from './core.ts'
import { computePath, type Job } from './compute-path.ts'
import { benchOtherSigners, opensslSpeed } from './other-signers.ts'
import { eachOf, inTurns, median, pairedRatio } from './measure.ts'
import { makeParts, makeVehicles, type Parts } from './sample-vehicles.ts'

/** Signatures under way at once: two cores, so that neither waits for the other. */
const width = 4
/** Size of a real document of a two-axle vehicle, as in the research it is compared with. */
const documentBytes = 17_000

export interface SignFigures {
  readonly perSecond: number
  /** Time for signDocument over the time for bare RSA-2048 signatures, same number, same thread pool, in turns. */
  readonly ratioToRsa: number
  readonly cpuRatioToRsa: number
  /** Share of signing that is not the RSA operation, in CPU time of one core: everything beside it, measured without it. */
  readonly ownShare: number
  readonly documentBytes: number
  /** Others on the same documents, a plain enveloped signature each: less work than ours. */
  readonly xmlCryptoPerSecond: number
  /** Bare RSA-2048 signatures of `openssl speed`, one core. */
  readonly opensslPerSecond: number | undefined
  /** Bare RSA-2048 signatures of node:crypto, one core, in turns with ours. */
  readonly rsaPerSecond: number
  /** One process for all files; undefined where it is not installed. */
  readonly xmlsecPerSecond: number | undefined
}

/** The document of a sample vehicle with its axle table repeated up to the wanted size: signing counts bytes only. */
const widen = (bytes: Buffer): Buffer => {
  const text = bytes.toString()
  const table = /<AxleTable>.*<\/AxleTable>/s.exec(text)?.[0] ?? ''
  if (table === '') throw new Error('the sample document has no axle table')
  const copies = Math.ceil((documentBytes - bytes.length) / Buffer.byteLength(table))
  return Buffer.from(text.replace(table, () => table.repeat(copies + 1)))
}

/** Canonical, unsigned documents of sample vehicles, as large as real ones. */
export const signingSamples = async (count: number, parts: Parts): Promise<Buffer[]> => {
  const path = computePath(parts)
  const made: Buffer[] = []
  for (const vehicle of await makeVehicles(count, parts)) {
    const job: Job = { vehicle }
    await path['read base eCoC']?.(job)
    await path['map']?.(job)
    if (job.model) made.push(widen(makeDocument(job.model.tree).bytes))
  }
  return made
}

/** signDocument against bare RSA-2048, both through the same key on the thread pool. */
export const benchSign = async (quick: boolean): Promise<SignFigures> => {
  const [count, repeat, rounds] = quick ? [100, 6, 7] : [200, 10, 15]
  const parts = await makeParts()
  const made = await signingSamples(count, parts)
  const many = Array.from({ length: repeat }, () => made).flat()
  const key = createPrivateKey(readFileSync(parts.keyFile))
  const data = Buffer.alloc(1_500, 'S')
  const signingTime = new Date()
  const value = cryptoSign('sha256', data, key)
  const withoutKey = { ...parts.signer, sign: () => Promise.resolve(value) }
  const { ours, rsa, beside, rsaSync } = await inTurns(
    {
      beside: () => eachOf(many, width, (bytes) => signDocument(bytes, withoutKey, { signingTime })),
      rsaSync: () => {
        for (let i = 0; i < many.length; i++) cryptoSign('sha256', data, key)
      },
      ours: () => eachOf(many, width, (bytes) => signDocument(bytes, parts.signer, { signingTime })),
      rsa: () => eachOf(many, width, () => signOnPool(data, key)),
    },
    rounds,
  )
  parts.schema.dispose()
  const peers = await benchOtherSigners(made, { keyFile: parts.keyFile, rounds: quick ? 3 : 5 })
  const wall = (costs: typeof ours): number[] => costs.map((cost) => cost.wallMs)
  const cpu = (costs: typeof ours): number[] => costs.map((cost) => cost.cpuMs)
  const besideRsa = pairedRatio(cpu(beside), cpu(rsaSync))
  return {
    perSecond: (1000 * many.length) / median(wall(ours)),
    ratioToRsa: pairedRatio(wall(ours), wall(rsa)),
    cpuRatioToRsa: pairedRatio(cpu(ours), cpu(rsa)),
    ownShare: besideRsa / (1 + besideRsa),
    ...peers,
    opensslPerSecond: opensslSpeed(quick ? 2 : 5),
    rsaPerSecond: (1000 * many.length) / median(wall(rsaSync)),
    documentBytes: median(made.map((bytes) => bytes.length)),
  }
}
