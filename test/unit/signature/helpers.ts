import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Signer } from '../../../gateway/contract/signer.ts'
import { loadPemSigner } from '../../../gateway/signature/file-signer.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { examplePki } from '../../support/pki.ts'

export const pki = await examplePki()
export const root = pki.read('root.crt')
export const run = promisify(execFile)
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'ecoc-signature-'))

/** Any signer of the example PKI, judged at a time when it was valid. */
export const signerOf = (name: string, at?: Date): Promise<Signer> =>
  loadPemSigner({
    name,
    keyFile: pki.file(`${name}.key`),
    certificateFiles: [pki.file(`${name}.chain.pem`)],
    ...(at ? { at } : {}),
  })
export const signer = await signerOf('signer')

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const escape = (text: string): string => text.replace(/[&<>\r]/g, (c) => escapes[c] ?? c)

/** A document in canonical form with these values. */
export const documentOf = (values: readonly string[]): Buffer =>
  Buffer.from(
    '<InitialVehicleInformation xmlns="http://eu.ereg.initialvehicleinformation.v2"><Header>' +
      values.map((value, i) => `<Value${i}>${escape(value)}</Value${i}>`).join('') +
      '</Header><CocDataGroup><Type>T</Type></CocDataGroup></InitialVehicleInformation>',
  )

export const signingTime = new Date('2026-11-22T10:00:00.000Z')
export const signed = await signDocument(documentOf(['WEXAMPLE000000001', 'Müller & Söhne <x>']), signer, {
  signingTime,
})

/** The signed document with `from` replaced by `to`; the test fails when `from` is not there. */
export const changed = (from: string | RegExp, to: string, source: Buffer = signed.bytes): Buffer => {
  const before = source.toString()
  const after = before.replace(from, () => to)
  if (before === after) throw new Error(`nothing to replace: ${from.toString()}`)
  return Buffer.from(after)
}

export const verify = (bytes: Buffer): ReturnType<typeof verifyDocument> =>
  verifyDocument(bytes, { trustAnchors: [root] })
export const codes = (bytes: Buffer): string[] => verify(bytes).findings.map((finding) => finding.code)

/** Verifies files with xmlsec1, chain included; rejects when one of them does not hold. */
export const xmlsec = async (files: readonly (Buffer | string)[]): Promise<void> => {
  const dir = scratch()
  const names = files.map((file, i) => {
    if (typeof file === 'string') return file
    const name = join(dir, `${i}.xml`)
    writeFileSync(name, file)
    return name
  })
  await run('xmlsec1', ['--verify', '--enabled-key-data', 'x509', '--trusted-pem', pki.file('root.crt'), ...names])
}

/**
 * Signs a document again as it stands, by xmlsec1: digests and value are made new, all else stays. What is refused
 * after this is refused for how it is built, not for a digest that happens to be wrong.
 */
export const resigned = async (source: Buffer, key = 'signer'): Promise<Buffer> => {
  const dir = scratch()
  const [template, result] = [join(dir, 'template.xml'), join(dir, 'signed.xml')]
  writeFileSync(template, source)
  await run('xmlsec1', ['--sign', '--privkey-pem', pki.file(`${key}.key`), '--output', result, template])
  return readFileSync(result)
}
