import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttps, type Server as HttpsServer } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { GatewayError } from '../../contract/errors.ts'
import { xmlAnswer, type Answer } from './answer-request.ts'
import { clientObjection } from './client-certificate.ts'
import { MAX_REQUEST_BYTES, readSoapRequest, type SoapRequest } from './read-soap-request.ts'
import type { IsRevoked } from './revocation-list.ts'
import { soapFault } from './write-soap-reply.ts'

export interface ServerTls {
  /** PEM: the certificate followed by its issuers. */
  readonly certificate: Buffer
  readonly key: Buffer
  /** Who may issue client certificates. */
  readonly clientAnchors: readonly Buffer[]
  readonly isRevoked: IsRevoked
}

export interface SoapServer {
  readonly port: number
  /** Presents this certificate instead, when `strikes` says so for a new connection; undefined for the normal one. */
  useOtherCertificate(certificate: Buffer | undefined, strikes: () => boolean): void
  close(): Promise<void>
}

export const SOAP_PATH = '/ivi'
const HANG_MS = 60_000

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_REQUEST_BYTES) return undefined
  }
  return Buffer.concat(chunks)
}

const send = (response: ServerResponse, answer: Answer): void => {
  response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
}

const deliver = (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
  if (answer.delivery === 'cut') request.socket.destroy()
  else if (answer.delivery === 'hang') setTimeout(() => request.socket.destroy(), HANG_MS).unref()
  else if (answer.delayMs > 0) setTimeout(() => send(response, answer), answer.delayMs)
  else send(response, answer)
}

const fault = (status: number, text: string): Answer => xmlAnswer('1.1', soapFault('1.1', 'sender', text), status)

/** No SOAP, as from the web server in front: a fault would read as if the document had been looked at and refused. */
const forbidden = (text: string): Answer => ({
  status: 403,
  contentType: 'text/plain; charset=utf-8',
  body: Buffer.from(text),
  delayMs: 0,
  delivery: 'answer',
})

const serve = async (
  request: IncomingMessage,
  isRevoked: IsRevoked,
  handle: (r: SoapRequest) => Answer,
): Promise<Answer> => {
  const peer = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined
  const objection = clientObjection(peer?.raw, isRevoked)
  if (objection) return forbidden(objection)
  if (request.url !== SOAP_PATH) return fault(404, `The service is at ${SOAP_PATH}.`)
  if (request.method !== 'POST') return fault(405, 'Only POST is allowed.')
  const bytes = await readBody(request)
  if (!bytes) return fault(413, 'The request is larger than 5 MB.')
  const soap = readSoapRequest(bytes)
  if ('problem' in soap) return fault(500, `The request is refused: ${soap.problem}.`)
  // SOAP 1.1, 6.1.1: an HTTP client must send the header.
  if (soap.version === '1.1' && request.headers.soapaction === undefined) return fault(500, 'No SOAPAction header.')
  return handle(soap)
}

/** @throws GatewayError SIM-004 when the port cannot be had; port 0 takes any free one. */
const listen = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new GatewayError({
          kind: 'operational',
          code: 'SIM-004',
          message: `The simulated access point cannot listen on port ${port}.`,
          hint: 'Another program uses it; name another port or none.',
          cause,
        }),
      ),
    )
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/**
 * SOAP over https on loopback; a client without a certificate of the given anchors does not get past the handshake,
 * and one whose certificate is not for clients or was revoked gets 403.
 * Connections are taken by a plain server and handed to one of two https servers, so that an expired certificate can
 * strike some connections and not others.
 */
export const startSoapServer = async (
  tls: ServerTls,
  port: number,
  handle: (request: SoapRequest) => Answer,
): Promise<SoapServer> => {
  const make = (certificate: Buffer): HttpsServer =>
    createHttps(
      {
        cert: certificate,
        key: tls.key,
        ca: [...tls.clientAnchors],
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      },
      (request, response) => {
        if (other) response.shouldKeepAlive = false
        idle.delete(request.socket)
        response.once('close', () => request.socket.destroyed || idle.add(request.socket))
        serve(request, tls.isRevoked, handle)
          .catch(() => xmlAnswer('1.1', soapFault('1.1', 'receiver', 'The access point failed.'), 500))
          .then((answer) => deliver(request, response, answer))
          .catch(() => request.socket.destroy())
      },
    )
  let other: { server: HttpsServer; strikes: () => boolean } | undefined
  // Sockets between two requests; closed ones fall out when they end.
  const idle = new Set<Socket>()
  const normal = make(tls.certificate)
  normal.on('secureConnection', (socket) => idle.add(socket.once('close', () => idle.delete(socket))))
  const sockets = new Set<Socket>()
  const front = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    const server = other?.strikes() ? other.server : normal
    server.emit('connection', socket)
  })
  const bound = await listen(front, port)
  return {
    port: bound,
    useOtherCertificate(certificate, strikes) {
      other = certificate ? { server: make(certificate), strikes } : undefined
      // Connections that are open already would never see the other certificate.
      for (const socket of idle) socket.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
