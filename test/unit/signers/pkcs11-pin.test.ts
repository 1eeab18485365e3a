// needs: softhsm2-util
import { writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'tap'
import { openPkcs11Signer } from '../../../gateway/signers/pkcs11/pkcs11-signer.ts'
import { makeFaulty, makeSealToken, noToken, pin, settingsFor } from '../../support/soft-token.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const skip = noToken() ?? false
const data = Buffer.from('what is to be signed')

test('a PIN that was refused is not given to the token again', { skip }, async (t) => {
  const make = async () => {
    const token = await makeSealToken(await tempFolder(t))
    const faulty = await makeFaulty(token.folder)
    return { token, faulty, settings: await settingsFor(token, { ...faulty.settings, deadline: '2s' }) }
  }

  await t.test('not even by opening the signer anew, until its file has other content', async (t) => {
    const { token, faulty, settings } = await make()
    await writeFile(token.pinFile, '000000\n')
    await t.rejects(openPkcs11Signer(settings), { code: 'SIG-511', kind: 'config' })
    await t.rejects(openPkcs11Signer(settings), { code: 'SIG-511' })
    await writeFile(token.pinFile, '000000\n')
    await t.rejects(openPkcs11Signer(settings), { code: 'SIG-511' }, 'a new date of the file changes nothing')
    t.strictSame(await faulty.logins(), ['1 0xa0'])
    await writeFile(token.pinFile, pin)
    const signer = await openPkcs11Signer(settings)
    t.teardown(() => signer.close())
    t.ok(await signer.sign(data))
    t.strictSame(await faulty.logins(), ['1 0xa0', '1 0x0'])
  })

  await t.test('nor by an open signer that lost its login; the corrected file is taken by itself', async (t) => {
    const { token, faulty, settings } = await make()
    const signer = await openPkcs11Signer(settings)
    t.teardown(() => signer.close())
    await writeFile(token.pinFile, '111111\n')
    await faulty.order('logged-out', 1)
    await signer.sign(data).catch(() => undefined)
    const becomes = async (state: string): Promise<void> => {
      while (signer.state.is !== state) await pause(20)
    }
    await becomes('refused')
    await pause(1500)
    t.match(await signer.sign(data).catch((e: unknown) => e), {
      code: 'SIG-511',
      kind: 'config',
      hint: /until the file/,
    })
    t.strictSame(await faulty.logins(), ['1 0x0', '1 0xa0'])
    await writeFile(token.pinFile, pin)
    await becomes('ready')
    t.ok(await signer.sign(data))
    t.strictSame(await faulty.logins(), ['1 0x0', '1 0xa0', '1 0x0'])
  })

  await t.test('two that ask at the same time give it one PIN', async (t) => {
    const { token, faulty, settings } = await make()
    await writeFile(token.pinFile, '222222\n')
    const both = await Promise.allSettled([openPkcs11Signer(settings), openPkcs11Signer(settings)])
    t.match(both, [{ reason: { code: 'SIG-511' } }, { reason: { code: 'SIG-511' } }])
    t.equal((await faulty.logins()).length, 1)
  })

  await t.test('a locked PIN is remembered as well', async (t) => {
    const { faulty, settings } = await make()
    await faulty.order('pin-locked', 1)
    await t.rejects(openPkcs11Signer(settings), { code: 'SIG-512' })
    await t.rejects(openPkcs11Signer(settings), { code: 'SIG-512' })
    t.equal((await faulty.logins()).length, 1)
  })

  await t.test(
    'no PIN at all for a token that the next wrong one locks, that is locked, or whose PIN is typed',
    async (t) => {
      const { token, faulty, settings } = await make()
      for (const [flag, code] of Object.entries({
        'final-try': 'SIG-513',
        'locked-flag': 'SIG-512',
        'pin-pad': 'SIG-515',
      })) {
        await faulty.order(flag)
        await t.rejects(openPkcs11Signer(settings), { code, kind: 'config' }, flag)
      }
      await faulty.order('none')
      for (const content of ['', '\n1234', '1'.repeat(2000)]) {
        await writeFile(token.pinFile, content)
        await t.rejects(openPkcs11Signer(settings), { code: 'SIG-510' })
      }
      t.strictSame(await faulty.logins(), [])
    },
  )
})
