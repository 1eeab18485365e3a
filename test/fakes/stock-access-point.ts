import { createServer } from 'node:https'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { listen } from 'soap'
import { sha256 } from '../../gateway/support/hash.ts'
import { examplePki } from '../support/pki.ts'

/** The invented interface, as a SOAP 1.1 or 1.2 description. */
export const stockWsdl = async (version: '1.1' | '1.2'): Promise<string> => {
  const wsdl = await readFile(new URL('stock-access-point.wsdl', import.meta.url), 'utf8')
  return version === '1.1' ? wsdl : wsdl.replace('schemas.xmlsoap.org/wsdl/soap/', 'schemas.xmlsoap.org/wsdl/soap12/')
}

interface Taken {
  readonly reference: string
  readonly vin: string
  readonly bytes: Buffer
}
const inside = (xml: string, name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? ''

/**
 * A national access point on a SOAP server of the registry (npm `soap`), over HTTPS with client certificates: another reading
 * of SOAP than our own. It stands for a real one, whose interface is not public; the interface is invented.
 */
export const startStockAccessPoint = async (version: '1.1' | '1.2') => {
  const pki = await examplePki()
  const server = createServer({
    cert: pki.read('server.chain.pem'),
    key: pki.read('server.key'),
    ca: [pki.read('root.crt'), pki.read('issuing.crt')],
    requestCert: true,
    rejectUnauthorized: true,
  })
  const taken = new Map<string, Taken & { count: number }>()
  const requests: { action: string | undefined; contentType: string | undefined; headers: unknown }[] = []
  const know = (reference: string) => {
    const known = taken.get(reference)
    if (!known) return { Result: 'UNKNOWN' }
    return { Result: 'OK', Ticket: `T-${taken.size}`, CertificateReference: reference, Digest: sha256(known.bytes) }
  }
  const service = {
    SubmitCertificate: (args: { Sender: string; Package: { Content: string } }) => {
      const bytes = Buffer.from(args.Package.Content, 'base64')
      const reference = inside(bytes.toString(), 'IviReferenceId')
      if (args.Sender !== 'EXAMPLE' || reference === '')
        return { Result: 'REFUSED', Remark: 'no sender or no document' }
      const vin = inside(bytes.toString(), 'VehicleIdentificationNumber')
      taken.set(reference, { reference, vin, bytes, count: (taken.get(reference)?.count ?? 0) + 1 })
      return know(reference)
    },
    QueryStatus: (args: { CertificateReference: string }) => know(args.CertificateReference),
    RetrieveCertificate: (args: { Vin: string }) => {
      const found = [...taken.values()].find((one) => one.vin === args.Vin)
      return found ? { Result: 'OK', Content: found.bytes.toString('base64') } : { Result: 'UNKNOWN' }
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const soap = await new Promise<ReturnType<typeof listen>>((resolve, reject) => {
    stockWsdl(version).then((xml) => {
      const made = listen(server, {
        path: '/certificates',
        services: { CertificateService: { CertificatePort: service } },
        xml,
        forceSoap12Headers: version === '1.2',
        callback: (error: Error | null) => (error ? reject(error) : resolve(made)),
      })
    }, reject)
  })
  server.prependListener('request', (req) => {
    const { soapaction, 'content-type': contentType } = req.headers
    requests.push({ action: Array.isArray(soapaction) ? soapaction[0] : soapaction, contentType, headers: undefined })
  })
  soap.on('headers', (headers: unknown) => {
    const last = requests.at(-1)
    if (last) last.headers = headers
  })
  return {
    endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}/certificates`,
    taken: () => [...taken.values()],
    requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What a site adds to the profile that its WSDL proposes: its sender, and what the answers mean. */
export const stockSettings = {
  classifiers: {
    namespaces: { n: 'urn:example:access-point' },
    outcomes: [
      { outcome: 'accepted', when: "//n:Result = 'OK'" },
      { outcome: 'rejected', when: "//n:Result = 'REFUSED'" },
      { outcome: 'not_found', when: "//n:Result = 'UNKNOWN'" },
      { outcome: 'technical', when: '/soap:Envelope/soap:Body/soap:Fault' },
    ],
    reference: '//n:Ticket',
    iviReferenceId: '//n:CertificateReference',
    sha256: '//n:Digest',
    messages: '//n:Remark',
    message: { code: "''", text: '.', severity: "'error'", path: "''" },
  },
  timeout: '5s',
}
export const sender = '<n:Sender xmlns:n="urn:example:access-point">EXAMPLE</n:Sender>'
