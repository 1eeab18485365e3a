import type { Envelope } from '../../contract/index.ts'

const end = Buffer.from('\r\n\r\n')

/** Stores an envelope the way it goes over the wire: header lines, an empty line, the body byte for byte. */
export const storeEnvelope = ({ bytes, contentType, headers }: Envelope): Buffer => {
  const lines = Object.entries({ 'content-type': contentType, ...headers }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.concat([Buffer.from(lines.join('\r\n')), end, bytes])
}

/** The stored envelope again, so that a retry sends identical bytes. */
export const readEnvelope = (stored: Buffer): Envelope => {
  const at = stored.indexOf(end)
  const lines = stored.subarray(0, at).toString().split('\r\n')
  const { 'content-type': contentType = '', ...headers } = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  ) as Record<string, string>
  return { bytes: stored.subarray(at + end.length), contentType, headers }
}
