// needs: softhsm2-util
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'tap'
import type { Tools } from '../../../gateway/flow/tools.ts'
import signerCheck from '../../../gateway/health/checks/signer.ts'
import tokens from '../../../gateway/health/checks/tokens.ts'
import { openPkcs11Signer } from '../../../gateway/signers/pkcs11/pkcs11-signer.ts'
import type { SignerProfile } from '../../../gateway/signers/profile.ts'
import { SignerBook } from '../../../gateway/signers/signer-book.ts'
import type { SignerRecovery } from '../../../gateway/signers/signer-kind.ts'
import { makeFaulty, makeSealToken, noToken, settingsFor } from '../../support/soft-token.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const skip = noToken() ?? false
const data = Buffer.from('what is to be signed')

test('each recovery of a token is told once, with what it took and why', { skip }, async (t) => {
  const token = await makeSealToken(await tempFolder(t))
  const faulty = await makeFaulty(token.folder)
  const told: SignerRecovery[] = []
  const settings = await settingsFor(token, { ...faulty.settings, deadline: '1s' })
  const signer = await openPkcs11Signer({ ...settings, recovered: (recovery) => told.push(recovery) })
  t.teardown(() => signer.close())
  const recovered = async (fault: string): Promise<SignerRecovery | undefined> => {
    const before = told.length
    await faulty.order(fault, 1)
    await signer.sign(data).catch(() => undefined)
    for (const end = Date.now() + 10_000; told.length === before && Date.now() < end;) await pause(20)
    await signer.sign(data)
    await pause(50)
    t.equal(told.length, before + 1, fault)
    return told.at(-1)
  }
  t.match(await recovered('logged-out'), { signer: signer.name, how: 'login', code: 'SIG-531', reason: String })
  t.match(await recovered('device-error'), { how: 'module', code: 'SIG-531' })
  t.match(await recovered('crash'), { how: 'process', code: 'SIG-533' })
})

test('the doctor lists tokens, slots and keys and gives no PIN', { skip }, async (t) => {
  const token = await makeSealToken(await tempFolder(t))
  const faulty = await makeFaulty(token.folder)
  const settings = await settingsFor(token, faulty.settings)
  const { module, environment, certificates, pinFile } = settings
  const check = async (key: object, name = token.label) => {
    const profile = {
      name: 'seal',
      signs: {},
      key: { ...settings, kind: 'pkcs11', module, environment, certificates, pinFile, key, token: { label: name } },
    } as unknown as SignerProfile
    const signal = new AbortController().signal
    const signers = new SignerBook({ profiles: [profile], path: (file) => file, signal, clock: () => new Date() })
    const tools = { signers, config: { signers: [profile] }, clock: () => new Date() } as unknown as Tools
    t.match(await signerCheck.run(tools), [{ ok: true, about: /not opened/ }])
    return tokens.run(tools)
  }
  t.match(await check({}), [{ ok: true, about: /^slot .*, token "ecoc" \(serial .*key ".*rsa.* of .*can seal$/ }])
  const other = await check({ label: 'no such key' })
  t.match(other[0], { ok: true, about: /^slot \d+, token.*not what signer seal uses/ })
  t.match(other.at(-1), { ok: false, issue: /No token of the module fits.*key "/ })
  t.match((await check({}, 'no such token')).at(-1), { ok: false, issue: /fits the signer/ })
  t.equal((await faulty.logins()).length, 0)
})
