import { test } from 'tap'
import type { Library, Module } from '../../../gateway/signers/pkcs11/module.ts'
import { SigningSessions } from '../../../gateway/signers/pkcs11/signing-sessions.ts'

/** A module whose signatures are done when the test says so. */
const heldModule = () => {
  const underWay: ((error: Error | null, signature: Buffer) => void)[] = []
  let handles = 0
  const module = {
    C_OpenSession: () => Buffer.from([(handles += 1)]),
    C_CloseSession: () => undefined,
    C_SignInit: () => undefined,
    C_Sign: (_session: Buffer, _data: Buffer, _output: Buffer, done: (typeof underWay)[number]) => underWay.push(done),
  }
  return { module: module as unknown as Module, underWay }
}
const options = {
  slot: Buffer.alloc(8),
  key: Buffer.alloc(8),
  mechanism: 'hashing',
  signatureBytes: 256,
  pin: undefined,
  keeper: undefined,
} as const

test('sessions say whether each finds work when it is done: only then may answers be gathered', async (t) => {
  const { module, underWay } = heldModule()
  const sessions = new SigningSessions(module, {} as Library, options)
  t.equal(sessions.fill(2), 2)
  const made: number[] = []
  const ask = (n: number): void => sessions.sign(Buffer.from([n]), () => made.push(n))
  const finish = (): void => underWay.shift()?.(null, Buffer.alloc(256))

  t.notOk(sessions.hasBacklog, 'nothing asked')
  ask(1)
  ask(2)
  t.notOk(sessions.hasBacklog, 'both at work, nothing behind them')
  ask(3)
  t.notOk(sessions.hasBacklog, 'one will have nothing')
  ask(4)
  t.ok(sessions.hasBacklog, 'two at work, two behind them')
  t.equal(underWay.length, 2, 'one operation a session')
  finish()
  t.notOk(sessions.hasBacklog)
  while (underWay.length > 0) finish()
  t.strictSame(made, [1, 2, 3, 4])
})
