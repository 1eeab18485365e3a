import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import { openPkcs11Signer } from '../../gateway/signers/pkcs11/pkcs11-signer.ts'
import { makeFaulty, makeSealToken, noToken, pin, settingsFor, softHsm, type SoftToken } from '../support/soft-token.ts'
import { costOf, eachOf, median, pairedRatio, percentile } from './measure.ts'
import { makeParts } from './sample-vehicles.ts'
import { signingSamples } from './sign.ts'
import type { LoopAnswer, LoopOrder } from './token-loop.ts'

/** More than there are cores, so that none is idle while a message is under way. */
const sessions = 4
/** Signatures asked for at once. */
const width = 32

export interface SlowFigures {
  readonly perSecond: number
  readonly loopDelayP99Ms: number
  /** The same without any signing: what other programs on this machine do to timers. */
  readonly idleP99Ms: number
}

export interface TokenFigures {
  /** Why there are none. */
  readonly skipped?: string
  readonly sessions: number
  readonly perSecond: number
  /** A process that does nothing but C_SignInit and C_SignAsync, on as many sessions. */
  readonly barePerSecond: number
  /** Median of the ratios within each turn: ours over bare. */
  readonly ratioToBare: number
  /** The same of CPU time, both our processes together: what the wall tends to when all cores are busy. NaN off Linux. */
  readonly cpuRatioToBare: number
  /** `signDocument` with the key on the token, on the documents of the `sign` figures. */
  readonly documentsPerSecond: number
  /** With a token that needs 20 ms a signature, eight sessions. */
  readonly slow: SlowFigures
}

const data = Buffer.alloc(1_200, 'S')

/** The bare loop in a process of its own, as the signer has one too. */
const bareLoop = async (token: SoftToken) => {
  const child = fork(fileURLToPath(new URL('./token-loop.ts', import.meta.url)), [], {
    env: { ...process.env, ...token.environment, UV_THREADPOOL_SIZE: String(sessions) },
  })
  const order: LoopOrder = { module: softHsm, tokenLabel: token.label, pin, keyLabel: 'seal', sessions }
  child.send(order)
  await once(child, 'message')
  return {
    run: async (signatures: number): Promise<LoopAnswer> => {
      child.send(signatures)
      const [answer] = (await once(child, 'message')) as [LoopAnswer]
      return answer
    },
    end: () => child.kill(),
  }
}

/** CPU time that another process has used so far, by the kernel's ticks of 10 ms; NaN where the kernel does not tell. */
const cpuOf = (pid = 0): number => {
  try {
    const [, utime, stime] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return 10 * (Number(utime) + Number(stime))
  } catch {
    return NaN
  }
}

/** How late timers of 2 ms come while `work` runs, in milliseconds each. */
export const loopDelays = async (work: () => Promise<void>): Promise<number[]> => {
  const delays: number[] = []
  let timer: NodeJS.Timeout
  const tick = (): void => {
    const due = performance.now() + 2
    timer = setTimeout(() => {
      delays.push(Math.max(0, performance.now() - due))
      tick()
    }, 2)
  }
  tick()
  await work()
  clearTimeout(timer!)
  return delays
}

const fastToken = async (token: SoftToken, quick: boolean) => {
  // Many short turns: what disturbs the machine lasts longer than a turn, and so hits both.
  const [count, rounds] = quick ? [600, 11] : [1000, 31]
  const parts = await makeParts()
  const documents = await signingSamples(100, parts)
  parts.schema.dispose()
  const many = Array.from({ length: count }, () => data)
  const signer = await openPkcs11Signer(await settingsFor(token, { sessions }))
  const bare = await bareLoop(token)
  const [ours, theirs]: [LoopAnswer[], LoopAnswer[]] = [[], []]
  const signMany = async (): Promise<LoopAnswer> => {
    const before = cpuOf(signer.process)
    const { wallMs, cpuMs } = await costOf(() => eachOf(many, width, (bytes) => signer.sign(bytes)))
    return { wallMs, cpuMs: cpuMs + cpuOf(signer.process) - before }
  }
  for (let round = -1; round < rounds; round++) {
    // Each goes first in every other turn.
    const first = round % 2 === 0 ? await signMany() : undefined
    const loop = await bare.run(count)
    const own = first ?? (await signMany())
    if (round < 0) continue
    ours.push(own)
    theirs.push(loop)
  }
  const documentWalls: number[] = []
  for (let round = 0; round < 5; round++) {
    const begun = performance.now()
    await eachOf(documents, width, (bytes) => signDocument(bytes, signer, { signingTime: new Date() }))
    documentWalls.push((performance.now() - begun) / documents.length)
  }
  bare.end()
  await signer.close()
  const of = (answers: LoopAnswer[], what: keyof LoopAnswer): number[] => answers.map((answer) => answer[what])
  return {
    sessions,
    perSecond: (1000 * count) / median(of(ours, 'wallMs')),
    barePerSecond: (1000 * count) / median(of(theirs, 'wallMs')),
    ratioToBare: pairedRatio(of(theirs, 'wallMs'), of(ours, 'wallMs')),
    cpuRatioToBare: pairedRatio(of(theirs, 'cpuMs'), of(ours, 'cpuMs')),
    documentsPerSecond: 1000 / median(documentWalls),
  }
}

const slowToken = async (token: SoftToken, quick: boolean): Promise<SlowFigures> => {
  const faulty = await makeFaulty(token.folder)
  await faulty.order('none', 0, 20_000)
  const signer = await openPkcs11Signer(await settingsFor(token, { ...faulty.settings, sessions: 8 }))
  const many = Array.from({ length: quick ? 600 : 2000 }, () => data)
  const idle = await loopDelays(() => pause(1500))
  const begun = performance.now()
  const delays = await loopDelays(() => eachOf(many, width, (bytes) => signer.sign(bytes)))
  const perSecond = (1000 * many.length) / (performance.now() - begun)
  await signer.close()
  return { perSecond, loopDelayP99Ms: percentile(delays, 0.99), idleP99Ms: percentile(idle, 0.99) }
}

/** Signing with a PKCS#11 token (SoftHSM): beside a bare loop, and what it does to the event loop. */
export const benchToken = async (quick: boolean): Promise<TokenFigures> => {
  const skipped = noToken()
  const slow = { perSecond: NaN, loopDelayP99Ms: NaN, idleP99Ms: NaN }
  const none = { perSecond: NaN, barePerSecond: NaN, ratioToBare: NaN, cpuRatioToBare: NaN, documentsPerSecond: NaN }
  if (skipped !== undefined) return { skipped, sessions, ...none, slow }
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-bench-token-'))
  try {
    const token = await makeSealToken(folder)
    return { ...(await fastToken(token, quick)), slow: await slowToken(token, quick) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
