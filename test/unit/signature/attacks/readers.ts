import { changed } from '../helpers.ts'
import { signature, text, unsigned } from './attack.ts'
import type { Attack } from './attack.ts'

const inner = '<!DOCTYPE InitialVehicleInformation [<!ENTITY vin "WEXAMPLE000000001">]>'
const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
const bombs = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')

/** Texts that readers understand in two ways under one signature. */
export const attacks: readonly Attack[] = [
  {
    how: 'a comment inside a signed value: canonicalisation drops it, and readers that stop at it see a shorter value',
    code: 'SIG-103',
    xmlsec: 'accepts',
    make: () => changed('WEXAMPLE000', 'WEXAMPLE<!-- -->000'),
  },
  {
    how: 'a comment inside the signature value',
    code: 'SIG-103',
    make: () => changed('<ds:SignatureValue>', '<ds:SignatureValue><!-- -->'),
  },
  {
    how: 'a processing instruction inside a signed value',
    code: 'SIG-104',
    xmlsec: 'refuses',
    make: () => changed('WEXAMPLE000', 'WEXAMPLE<?x y?>000'),
  },
  {
    how: 'an entity stands for a signed value: what it means is up to the document type declaration',
    code: 'SIG-102',
    make: () => changed('WEXAMPLE000000001', '&vin;', Buffer.from(inner + text)),
  },
  {
    how: 'a document type declaration gives an attribute a default value, or reads a file',
    code: 'SIG-102',
    make: () => Buffer.from(`<!DOCTYPE InitialVehicleInformation [<!ENTITY f SYSTEM "file:///etc/passwd">]>${text}`),
  },
  {
    how: 'entities within entities: a billion laughs',
    code: 'SIG-101',
    make: () => changed('WEXAMPLE000000001', '&e9;', Buffer.from(`<!DOCTYPE a [<!ENTITY e0 "ha">${bombs}]>${text}`)),
  },
  { how: 'the same text in UTF-16, which other readers take for something else', code: 'SIG-101', make: () => utf16 },
  {
    how: 'ten thousand levels of elements',
    code: 'SIG-101',
    make: () => Buffer.from(unsigned.replace('<Header>', `<Header>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`)),
  },
  {
    how: 'stray bits in the base64 of the signature value: a second spelling of the same signature',
    code: 'SIG-114',
    xmlsec: 'accepts',
    make: () => {
      const value = /<ds:SignatureValue>([^<]+)==</.exec(text)?.[1] ?? ''
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
      const last = alphabet[alphabet.indexOf(value.at(-1) ?? '') + 1] ?? ''
      return changed(`${value}==`, `${value.slice(0, -1)}${last}==`)
    },
  },
  {
    how: 'text between the elements of the signature',
    code: 'SIG-113',
    xmlsec: 'accepts',
    make: () => Buffer.from(text.replace(signature, signature.replace('<ds:KeyInfo>', 'x<ds:KeyInfo>'))),
  },
]
