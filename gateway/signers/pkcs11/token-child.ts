/**
 * The process that holds a PKCS#11 module. Calls of a module can hang for minutes, crash, and are global to a process: so it
 * lives alone, decides nothing, and may be killed at any time. It ends when the gateway does.
 */
import type { Answer, Call, Operation, Operations, SignAnswers, SignCall } from './messages.ts'
import { faultOf, type Library, listTokens, loadModule, type Module, ModuleFault, readContents } from './module.ts'
import { SigningSessions } from './signing-sessions.ts'

type Work = {
  [O in Operation]: (input: Operations[O]['input']) => Operations[O]['output'] | Promise<Operations[O]['output']>
}

const say = (message: Answer | SignAnswers, sent?: () => void): void => {
  process.send?.(message, undefined, {}, sent)
}

let loaded: { library: Library; module: Module } | undefined
let signing: SigningSessions | undefined
let pinTried = false
/** The session that holds the login, idle, while sessions that sign come and go. */
let keeper: Buffer | undefined

const need = (): { library: Library; module: Module } => {
  if (!loaded) throw new ModuleFault('CKR_CRYPTOKI_NOT_INITIALIZED')
  return loaded
}

const finalize = (module: Module): void => {
  signing = undefined
  try {
    module.C_Finalize()
  } catch {
    // It was not initialised, or is past answering: starting anew tells.
  }
}

const logIn = ({ library, module }: ReturnType<typeof need>, session: Buffer, pin: string): void => {
  try {
    module.C_Login(session, library.CKU_USER, pin)
  } catch (error) {
    // Some modules keep the login beyond the last session.
    if (faultOf(error).name !== 'CKR_USER_ALREADY_LOGGED_IN') throw error
  }
}

const work: Work = {
  async start({ module: file }) {
    if (loaded) finalize(loaded.module)
    else loaded = await loadModule(file)
    const { library, module } = loaded
    // Without this flag two sessions at once kill the process.
    module.C_Initialize({ flags: library.CKF_OS_LOCKING_OK })
    return listTokens(module)
  },
  tokens: () => listTokens(need().module),
  login({ slot, pin }) {
    const { library, module } = need()
    const handle = Buffer.from(slot, 'hex')
    signing = undefined
    module.C_CloseAllSessions(handle)
    keeper = module.C_OpenSession(handle, library.CKF_SERIAL_SESSION)
    if (pin !== undefined) {
      pinTried = true
      logIn(need(), keeper, pin)
    }
    return readContents(module, library, keeper, handle)
  },
  prepare({ slot, key, sessions, pin, mechanism, signatureBytes }) {
    const { library, module } = need()
    const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
    const options = { slot: bytes(slot), key: bytes(key), mechanism, signatureBytes, pin, keeper }
    signing = new SigningSessions(module, library, options)
    return { sessions: signing.fill(sessions) }
  },
  end() {
    if (loaded) finalize(loaded.module)
    return {}
  },
}

/**
 * Signatures that are done but not yet told. A message costs more than what is in it: those that become ready within a few
 * milliseconds go together. Not when the sessions run out of work: the gateway sends more only for what it was told.
 */
const gatherMs = 5
let signed: SignAnswers['signed'][number][] = []
const flush = (): void => {
  const all = signed
  signed = []
  if (all.length > 0) say({ signed: all })
}
const tell = (answer: SignAnswers['signed'][number]): void => {
  const first = signed.push(answer) === 1
  if (!signing?.hasBacklog) setImmediate(flush)
  else if (first) setTimeout(flush, gatherMs)
}

const sign = (id: number, data: string): void => {
  if (!signing) {
    tell([id, faultOf(new ModuleFault('CKR_OPERATION_NOT_INITIALIZED'))])
    return
  }
  signing.sign(Buffer.from(data, 'base64'), (result) => {
    tell([id, Buffer.isBuffer(result) ? result.toString('base64') : result])
  })
}

const answer = async ({ id, operation, input }: Call): Promise<void> => {
  pinTried = false
  let reply: Answer
  try {
    reply = { id, output: await (work[operation] as (given: unknown) => unknown)(input) }
  } catch (error) {
    reply = { id, fault: faultOf(error, pinTried) }
  }
  say(reply, () => {
    if (operation === 'end') process.exit(0)
  })
}

process.on('message', (message: Call | SignCall) => {
  if ('sign' in message) for (const [id, data] of message.sign) sign(id, data)
  else void answer(message)
})
// A key at the terminal reaches this process too; the gateway says when it is over.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
// Not `exit`: that would wait for a call that hangs in another thread.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// The first thing that is waited for, under the first number: this process listens.
say({ id: 1, output: {} })
