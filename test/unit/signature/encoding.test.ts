import { test } from 'tap'
import { codes, signed, verify } from './helpers.ts'

const text = signed.bytes.toString()
const utf16be = (s: string): Buffer => Buffer.from(s, 'utf16le').swap16()
const utf32le = (s: string): Buffer => {
  const bytes = Buffer.alloc(s.length * 4)
  for (let i = 0; i < s.length; i++) bytes.writeUInt32LE(s.charCodeAt(i), i * 4)
  return bytes
}
const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>\n${text}`

test('a signed document in UTF-8 is read, whatever way it says so', async (t) => {
  t.match(text, /ü/, 'it has something that other encodings write in another way')
  for (const start of [
    '',
    '\uFEFF',
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    "<?xml version='1.0'  encoding = 'utf-8' standalone='yes' ?>\n",
    '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n',
  ])
    t.match(verify(Buffer.from(start + text)), { valid: true, findings: [] }, JSON.stringify(start))
  // An instruction before the root is part of what was signed, but no declaration.
  t.same(codes(Buffer.from(`<?xml-stylesheet href="encoding='latin1'"?>${text}`)), ['SIG-130'])
})

test('the same signed document in another encoding is refused before it is parsed', async (t) => {
  const others: Record<string, Buffer> = {
    'UTF-16LE with BOM': Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le'),
    'UTF-16BE with BOM': utf16be(`\uFEFF${declared('UTF-16')}`),
    'UTF-16LE without BOM': Buffer.from(declared('UTF-16LE'), 'utf16le'),
    'UTF-16BE without BOM': utf16be(declared('UTF-16BE')),
    'UTF-32': utf32le(`\uFEFF${text}`),
    'ISO-8859-1': Buffer.from(declared('ISO-8859-1'), 'latin1'),
    'ISO-8859-1 that does not say so': Buffer.from(text, 'latin1'),
    'UTF-8 that says it is something else': Buffer.from(declared('ISO-8859-1')),
    'ASCII that hides more': Buffer.from(declared('UTF-7')),
    'a declaration in a way of its own': Buffer.from(`<?xml encoding="ISO-8859-1" version="1.0"?>${text}`),
  }
  for (const [name, bytes] of Object.entries(others)) {
    t.same(codes(bytes), ['SIG-101'], name)
    t.match(verify(bytes), { valid: false, trust: 'unknown', findings: [{ message: /not in UTF-8/ }] }, name)
  }
})
