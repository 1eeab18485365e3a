// needs: softhsm2-util
import { verify, X509Certificate } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'tap'
import type { GatewayError } from '../../../gateway/contract/errors.ts'
import { openPkcs11Signer, type Pkcs11Signer } from '../../../gateway/signers/pkcs11/pkcs11-signer.ts'
import { makeFaulty, makeSealToken, noToken, settingsFor } from '../../support/soft-token.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const skip = noToken() ?? false
const data = Buffer.from('what is to be signed')

const isRight = (signer: Pkcs11Signer, signature: Buffer): boolean =>
  verify('sha256', data, new X509Certificate(signer.chain[0]!).publicKey, signature)

/** Signs until it works again, as the flow does; every refusal on the way must be one that passes. */
const untilRight = async (signer: Pkcs11Signer): Promise<{ right: boolean; codes: string[]; ms: number }> => {
  const begun = performance.now()
  const codes: string[] = []
  for (;;) {
    try {
      const right = isRight(signer, await signer.sign(data))
      return { right, codes, ms: performance.now() - begun }
    } catch (error) {
      const { code, kind } = error as GatewayError
      codes.push(kind === 'operational' ? code : `${code} is ${kind}`)
      if (performance.now() - begun > 10_000) return { right: false, codes, ms: 10_000 }
      await pause(10)
    }
  }
}

const once: readonly { fault: string; code: string; logins: number; processes: number }[] = [
  { fault: 'session', code: 'SIG-531', logins: 0, processes: 0 },
  { fault: 'all-sessions', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'logged-out', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'key-gone', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'removed', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'device-error', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'general-error', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'odd-error', code: 'SIG-531', logins: 1, processes: 0 },
  { fault: 'hang', code: 'SIG-532', logins: 1, processes: 1 },
  { fault: 'crash', code: 'SIG-533', logins: 1, processes: 1 },
]

test('a token that fails is opened anew, no further than it takes', { skip }, async (t) => {
  const token = await makeSealToken(await tempFolder(t))
  const faulty = await makeFaulty(token.folder)
  const open = async (more: Record<string, unknown> = {}): Promise<Pkcs11Signer> => {
    const signer = await openPkcs11Signer(await settingsFor(token, { ...faulty.settings, deadline: '1s', ...more }))
    t.teardown(() => signer.close())
    return signer
  }
  const signer = await open()

  for (const { fault, code, logins, processes } of once)
    await t.test(fault, async (t) => {
      t.ok(isRight(signer, await signer.sign(data)))
      const [before, pid] = [(await faulty.logins()).length, signer.process]
      await faulty.order(fault, 1)
      const { right, codes, ms } = await untilRight(signer)
      t.ok(right)
      t.ok(ms < 10_000, `${ms} ms`)
      t.equal(codes[0], code)
      t.strictSame(
        [...new Set(codes.slice(1))].filter((c) => c !== 'SIG-530' && c !== 'SIG-531'),
        [],
      )
      t.equal((await faulty.logins()).length - before, logins, 'logins')
      t.equal(signer.process === pid ? 0 : 1, processes, 'processes')
    })

  await t.test('away for a while: says so, and comes back by itself', async (t) => {
    await faulty.order('gone')
    t.match(await signer.sign(data).catch((e: unknown) => e), { code: 'SIG-531' })
    while (!/There is no token/.test(signer.state.reason?.message ?? '')) await pause(20)
    t.match(await signer.sign(data).catch((e: unknown) => e), { code: 'SIG-530', message: /There is no token "ecoc"/ })
    const before = (await faulty.logins()).length
    await pause(1000)
    t.equal((await faulty.logins()).length, before, 'no PIN is given while it is away')
    await faulty.order('none')
    while (signer.state.is !== 'ready') await pause(20)
    t.ok(isRight(signer, await signer.sign(data)))
  })

  for (const fault of ['hang-init', 'hang-login', 'login-fails', 'init-fails'])
    await t.test(`${fault} during the recovery: tried again`, async (t) => {
      const before = (await faulty.logins()).length
      await faulty.order('gone')
      await signer.sign(data).catch(() => undefined)
      await faulty.order(fault, 1)
      t.ok((await untilRight(signer)).right)
      t.ok(faulty.happened())
      t.equal((await faulty.logins()).length - before, fault === 'login-fails' ? 2 : 1, 'one PIN a recovery')
    })

  await t.test('a session that never comes back leads to a new login', async (t) => {
    const { recoveries } = signer.state
    await faulty.order('session')
    while (signer.state.is === 'ready') await signer.sign(data).catch(() => undefined)
    await faulty.order('none')
    t.ok((await untilRight(signer)).right)
    t.equal(signer.state.recoveries, recoveries + 1)
  })

  await t.test('with work under way nothing is lost and nothing is wrong', async (t) => {
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        await pause(i * 10)
        if (i % 20 === 10) await faulty.order(i === 10 ? 'removed' : 'all-sessions', 1)
        return untilRight(signer)
      }),
    )
    t.ok(results.every(({ right }) => right))
  })

  await t.test('a token with a single session signs one after the other', async (t) => {
    await faulty.order('one-session')
    const other = await open()
    const all = await Promise.all(Array.from({ length: 10 }, () => other.sign(data)))
    t.ok(all.every((signature) => isRight(other, signature)))
    await faulty.order('none')
  })

  await t.test('a token made for one signature a login is refused', async (t) => {
    await faulty.order('one-signature')
    const other = await open({ sessions: 1 })
    while (other.state.is !== 'refused') {
      await other.sign(data).catch(() => undefined)
      await pause(2)
    }
    t.match(await other.sign(data).catch((e: unknown) => e), { code: 'SIG-516', kind: 'config' })
    const before = (await faulty.logins()).length
    await pause(500)
    t.equal((await faulty.logins()).length, before, 'and gets no PIN any more')
  })
})
