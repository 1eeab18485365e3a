import pkcs11js from 'pkcs11js'

/** What the bare loop is told. */
export interface LoopOrder {
  readonly module: string
  readonly tokenLabel: string
  readonly pin: string
  readonly keyLabel: string
  readonly sessions: number
}

/** Milliseconds for so many signatures, and the CPU time of this process for them. */
export interface LoopAnswer {
  readonly wallMs: number
  readonly cpuMs: number
}

const { PKCS11 } = pkcs11js
const p = new PKCS11()
const data = Buffer.alloc(1_200, 'S')
let lanes: Buffer[] = []
let key: Buffer

const prepare = (order: LoopOrder): void => {
  p.load(order.module)
  p.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK })
  const slot = p.C_GetSlotList(true).find((s) => p.C_GetTokenInfo(s).label.trim() === order.tokenLabel)
  if (!slot) throw new Error('no such token')
  lanes = Array.from({ length: order.sessions }, () => p.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION))
  const [first] = lanes
  if (!first) throw new Error('no session')
  p.C_Login(first, pkcs11js.CKU_USER, order.pin)
  p.C_FindObjectsInit(first, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_LABEL, value: order.keyLabel },
  ])
  const found = p.C_FindObjects(first)
  p.C_FindObjectsFinal(first)
  if (!found) throw new Error('no such key')
  key = found
}

const loop = async (signatures: number): Promise<LoopAnswer> => {
  let left = signatures
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await Promise.all(
    lanes.map(async (session) => {
      const output = Buffer.alloc(512)
      while (left-- > 0) {
        p.C_SignInit(session, { mechanism: pkcs11js.CKM_SHA256_RSA_PKCS }, key)
        await p.C_SignAsync(session, data, output)
      }
    }),
  )
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs: performance.now() - begun, cpuMs: (user + system) / 1000 }
}

process.on('message', (message: LoopOrder | number) => {
  if (typeof message === 'number') void loop(message).then((answer) => process.send?.(answer))
  else {
    prepare(message)
    process.send?.('ready')
  }
})
