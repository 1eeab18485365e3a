import type * as Pkcs11 from 'pkcs11js'
import type { CertificateFacts, KeyFacts, TokenContents, TokenFacts, TokenFault } from './messages.ts'

export type Library = typeof Pkcs11
export type Module = InstanceType<Library['PKCS11']>
type Handle = Buffer

/** A token is a small thing; one that lists more is not read to its end. */
const maxObjects = 1000

/** An error of the module, or of loading it, as it is told to the gateway. */
export const faultOf = (error: unknown, pinTried = false): TokenFault => {
  const { name, message, method, code } = error as { name?: string; message?: string; method?: string; code?: unknown }
  const known = name === 'Pkcs11Error' || name === 'NativeError'
  const own = error instanceof ModuleFault ? error.why : undefined
  const ckr = known && /^CKR_\w+$/.test(message ?? '') ? message : undefined
  const number = typeof code === 'number' ? ` (0x${code.toString(16)})` : ''
  return {
    name: own ?? ckr ?? 'CKR_UNKNOWN',
    message: `${message ?? 'unknown error'}${number}`,
    method: method ?? '',
    pinTried,
  }
}

/** A fault that comes not from a call of the module. Never leaves this process as it is: it is told as a `TokenFault`. */
export class ModuleFault extends Error {
  readonly why: string
  constructor(why: string, cause?: unknown) {
    super(cause instanceof Error ? cause.message : why, { cause })
    this.why = why
  }
}

/** Brings pkcs11js and the module into this process. Throws `ModuleFault`. */
export const loadModule = async (file: string): Promise<{ library: Library; module: Module }> => {
  let library: Library
  try {
    library = ((await import('pkcs11js')) as unknown as { default: Library }).default
  } catch (cause) {
    throw new ModuleFault('not-built', cause)
  }
  const module = new library.PKCS11()
  try {
    module.load(file)
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : ''
    throw new ModuleFault(/undefined symbol|C_GetFunctionList/.test(text) ? 'not-a-module' : 'module-missing', cause)
  }
  return { library, module }
}

/** All tokens that are in a slot; a slot that answers with an error counts as empty. */
export const listTokens = (module: Module): TokenFacts[] =>
  module.C_GetSlotList(true).flatMap((slot) => {
    try {
      const { label, serialNumber, manufacturerID, model, flags } = module.C_GetTokenInfo(slot)
      const trim = (text: string): string => text.replace(/[\0 ]+$/, '')
      const facts = {
        label: trim(label),
        serial: trim(serialNumber),
        manufacturer: trim(manufacturerID),
        model: trim(model),
      }
      return [{ slot: slot.toString('hex'), ...facts, flags }]
    } catch {
      return []
    }
  })

/** One attribute, undefined where the token does not have it or does not give it out. */
const attribute = (module: Module, session: Handle, object: Handle, type: number): Buffer | undefined => {
  try {
    const value = module.C_GetAttributeValue(session, object, [{ type }])[0]?.value
    return Buffer.isBuffer(value) ? value : undefined
  } catch {
    return undefined
  }
}

const find = (module: Module, library: Library, session: Handle, objectClass: number): Handle[] => {
  module.C_FindObjectsInit(session, [{ type: library.CKA_CLASS, value: objectClass }])
  try {
    const found: Handle[] = []
    for (;;) {
      const more = module.C_FindObjects(session, 50)
      found.push(...more)
      if (more.length === 0 || found.length >= maxObjects) return found
    }
  } finally {
    module.C_FindObjectsFinal(session)
  }
}

const text = (value: Buffer | undefined): string => value?.toString('utf8').replace(/\0+$/, '') ?? ''
const isTrue = (value: Buffer | undefined): boolean => value !== undefined && value[0] === 1

/** What is on the token, as far as this session may see it: private keys only after a login. */
export const readContents = (module: Module, library: Library, session: Handle, slot: Handle): TokenContents => {
  const readKey = (object: Handle, derived: boolean): KeyFacts => {
    const read = (type: number): Buffer | undefined => attribute(module, session, object, type)
    // CK_ULONG in the machine's own order: the kinds in question are small numbers.
    const kind = read(library.CKA_KEY_TYPE)?.[0]
    const type = kind === library.CKK_RSA ? 'rsa' : kind === library.CKK_EC ? 'ec' : 'other'
    const modulus = read(library.CKA_MODULUS)?.toString('hex').replace(/^0+/, '')
    return {
      handle: object.toString('hex'),
      label: text(read(library.CKA_LABEL)),
      id: read(library.CKA_ID)?.toString('hex') ?? '',
      type,
      modulus: modulus === '' ? undefined : modulus,
      maySign: isTrue(read(derived ? library.CKA_VERIFY : library.CKA_SIGN)),
      alwaysAuthenticate: !derived && isTrue(read(library.CKA_ALWAYS_AUTHENTICATE)),
      derived,
    }
  }
  const secret = find(module, library, session, library.CKO_PRIVATE_KEY).map((object) => readKey(object, false))
  const open = find(module, library, session, library.CKO_PUBLIC_KEY).map((object) => readKey(object, true))
  // The modulus is public, but some tokens tell it only of the public key.
  const modulusOf = (key: KeyFacts): string | undefined =>
    key.modulus ?? (key.id === '' ? undefined : open.find((o) => o.id === key.id && o.type === key.type)?.modulus)
  const certificates = find(module, library, session, library.CKO_CERTIFICATE).flatMap((object): CertificateFacts[] => {
    const der = attribute(module, session, object, library.CKA_VALUE)
    if (!der?.length) return []
    const label = text(attribute(module, session, object, library.CKA_LABEL))
    return [
      {
        der: der.toString('base64'),
        label,
        id: attribute(module, session, object, library.CKA_ID)?.toString('hex') ?? '',
      },
    ]
  })
  const can = (mechanism: number): boolean => {
    try {
      return (module.C_GetMechanismInfo(slot, mechanism).flags & library.CKF_SIGN) !== 0
    } catch {
      return false
    }
  }
  return {
    keys: secret.length > 0 ? secret.map((key) => ({ ...key, modulus: modulusOf(key) })) : open,
    certificates,
    mechanisms: { hashing: can(library.CKM_SHA256_RSA_PKCS), bare: can(library.CKM_RSA_PKCS) },
  }
}
