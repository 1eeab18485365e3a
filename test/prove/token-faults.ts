/**
 * `npm run prove:token-faults -- [--faults 500] [--seed N]`: random faults of a token while it signs without pause. Each must be
 * over within 10 s, no signature may be wrong, and no PIN that the token refused may be given to it again.
 */
import { verify, X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { GatewayError } from '../../gateway/contract/errors.ts'
import { listTokens } from '../../gateway/signers/pkcs11/list-tokens.ts'
import { openPkcs11Signer } from '../../gateway/signers/pkcs11/pkcs11-signer.ts'
import { percentile } from '../bench/measure.ts'
import { makeFaulty, makeSealToken, noToken, pin, settingsFor } from '../support/soft-token.ts'

const limitMs = 10_000
const lanes = 8
const kinds = [
  ...['session', 'all-sessions', 'logged-out', 'key-gone', 'removed', 'device-error', 'general-error', 'odd-error'],
  ...['hang', 'crash', 'gone', 'gone-and-hung-login', 'wrong-pin'],
] as const
type Kind = (typeof kinds)[number]

const { values } = parseArgs({ options: { faults: { type: 'string' }, seed: { type: 'string' } } })
const wanted = Number(values.faults ?? 500)
const seed = Number(values.seed ?? Date.now() % 1_000_000)

/** Mulberry32: the same seed gives the same faults. */
let state = seed
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

const skipped = noToken()
if (skipped !== undefined) {
  console.error(`Not proved: ${skipped}. Run node deploy/bootstrap.mjs --tools all first.`)
  process.exit(2)
}
const folder = await mkdtemp(join(tmpdir(), 'ecoc-token-faults-'))
const token = await makeSealToken(folder)
const faulty = await makeFaulty(folder)
const settings = await settingsFor(token, { ...faulty.settings, sessions: 4, deadline: '1s' })
const signer = await openPkcs11Signer(settings)
const publicKey = new X509Certificate(signer.chain[0] ?? '').publicKey

let [made, wrong, counter, lastGoodStart] = [0, 0, 0, 0]
const codes = new Map<string, number>()
let on = true
const lane = async (): Promise<void> => {
  while (on) {
    const data = Buffer.from(`document ${(counter += 1)} `.repeat(60))
    const begun = performance.now()
    try {
      const signature = await signer.sign(data)
      if (verify('sha256', data, publicKey, signature)) made += 1
      else wrong += 1
      lastGoodStart = Math.max(lastGoodStart, begun)
    } catch (error) {
      const { code, kind } = error as GatewayError
      codes.set(`${code} ${kind}`, (codes.get(`${code} ${kind}`) ?? 0) + 1)
      await pause(5)
    }
  }
}

const until = async (what: () => boolean, limit = limitMs): Promise<boolean> => {
  const end = performance.now() + limit
  while (!what()) {
    if (performance.now() > end) return false
    await pause(2)
  }
  return true
}

/** Makes one fault happen, and says when it was over for the token. */
const strike = async (kind: Kind): Promise<void> => {
  if (kind === 'gone' || kind === 'gone-and-hung-login') {
    await faulty.order('gone')
    await until(() => signer.state.is !== 'ready')
    await pause(100 + 1400 * random())
    await faulty.order(kind === 'gone' ? 'none' : 'hang-login', kind === 'gone' ? 0 : 1)
    if (kind === 'gone-and-hung-login') await until(() => faulty.happened())
  } else if (kind === 'wrong-pin') {
    await writeFile(token.pinFile, `${String(Math.floor(random() * 1e6)).padStart(6, '0')}x\n`)
    await faulty.order('logged-out', 1)
    await until(() => signer.state.is === 'refused')
    // Long enough for a gateway that tries again to be caught.
    await pause(700)
    await writeFile(token.pinFile, `${pin}\n`)
  } else {
    await faulty.order(kind, 1)
    await until(() => faulty.happened())
  }
}

const load = Array.from({ length: lanes }, lane)
const times: number[] = []
const struck = new Map<Kind, number[]>()
let late = 0
console.log(`${wanted} faults, seed ${seed}, ${lanes} lanes, ${settings.sessions} sessions`)
for (let n = 0; n < wanted; n++) {
  await pause(30 * random())
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'session'
  const begun = performance.now()
  const { recoveries } = signer.state
  await strike(kind)
  const struckAt = performance.now()
  // Over when it was mended and a signature that was asked for after it is there. While one call hangs, others are answered; a lost
  // session is no more than the loss of one signature.
  const mended = (): boolean => kind === 'session' || signer.state.recoveries > recoveries
  const over = await until(() => mended() && lastGoodStart > struckAt && signer.state.is === 'ready')
  const ms = performance.now() - begun
  if (!over || ms > limitMs) late += 1
  times.push(ms)
  struck.set(kind, [...(struck.get(kind) ?? []), ms])
  if ((n + 1) % 100 === 0) console.log(`${n + 1} faults, ${made} signatures`)
}
on = false
await Promise.all(load)
await signer.close()

const logins = await faulty.logins()
const refusals = logins.filter((line) => line.endsWith('0xa0')).length
const wrongPins = struck.get('wrong-pin')?.length ?? 0
const twice = logins.some((line, i) => line.endsWith('0xa0') && logins[i + 1]?.endsWith('0xa0'))
const locked = (await listTokens({ module: settings.module, environment: settings.environment }))[0]?.obstacle
for (const [kind, all] of [...struck].sort())
  console.log(
    `${kind.padEnd(20)} ${String(all.length).padStart(4)}  p50 ${Math.round(percentile(all, 0.5))} ms, longest ${Math.round(percentile(all, 1))} ms`,
  )
console.log([...codes].map(([code, count]) => `${code} ${count}`).join(', '))
console.log(
  `${logins.length} logins, ${refusals} refused for ${wrongPins} wrong PINs; ${signer.state.recoveries} recoveries`,
)
const failures = [
  ...(late > 0 ? [`${late} faults took longer than ${limitMs} ms`] : []),
  ...(wrong > 0 ? [`${wrong} wrong signatures`] : []),
  ...(refusals !== wrongPins || twice ? ['a refused PIN was given again'] : []),
  ...(locked === undefined ? [] : [`the token: ${locked}`]),
]
console.log(
  failures.length > 0
    ? `NOT PROVED: ${failures.join('; ')}`
    : `proved: ${times.length} faults, the longest over after ${Math.round(percentile(times, 1))} ms; ${made} signatures, none wrong; no PIN lock`,
)
await rm(folder, { recursive: true, force: true })
process.exit(failures.length > 0 ? 1 : 0)
