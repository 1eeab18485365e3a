import { SaxesParser } from 'saxes'
import { soapNamespaces, wireNamespace, type SoapVersion } from './wire-format.ts'

export const MAX_REQUEST_BYTES = 5 * 1024 * 1024
const MAX_DEPTH = 64
const MAX_ELEMENTS = 100_000

const operations = { SubmitIvi: 'submit', QueryIvi: 'query', RetrieveIvi: 'retrieve' } as const
export type Operation = (typeof operations)[keyof typeof operations]

export interface SoapRequest {
  readonly version: SoapVersion
  readonly operation: Operation
  readonly messageId: string
  /** The one element inside the operation, byte for byte as it was sent. */
  readonly payload: Buffer
  /** Its text, where it is a single value (a reference, a VIN). */
  readonly value: string
}

class Refused extends Error {}
const refuse = (problem: string): never => {
  throw new Refused(problem)
}

const versionOf = (namespace: string): SoapVersion =>
  namespace === soapNamespaces['1.1']
    ? '1.1'
    : namespace === soapNamespaces['1.2']
      ? '1.2'
      : refuse('the root element is no SOAP 1.1 or 1.2 envelope')

const operationOf = (uri: string, local: string): Operation =>
  uri === wireNamespace && Object.hasOwn(operations, local)
    ? operations[local as keyof typeof operations]
    : refuse(`unknown operation ${local}`)

/**
 * Reads one request strictly: UTF-8, no DTD, no processing instruction, one operation with one element inside it.
 * @returns the request, or what is wrong with it in words.
 */
export const readSoapRequest = (bytes: Buffer): SoapRequest | { readonly problem: string } => {
  const path: string[] = []
  let [elements, contentStart, version, operation] = [
    0,
    0,
    undefined as SoapVersion | undefined,
    undefined as Operation | undefined,
  ]
  let payload: Buffer | undefined
  let [messageId, value] = ['', '']
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const parser = new SaxesParser({ xmlns: true, position: true })
    const inBody = (): boolean => path[1] === 'Body'
    parser.on('error', (error) => refuse(error.message))
    parser.on('doctype', () => refuse('document type declarations are not allowed'))
    parser.on('processinginstruction', () => refuse('processing instructions are not allowed'))
    parser.on('comment', () => path.length === 3 && inBody() && refuse('a comment beside the document'))
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^utf-8$/i.test(encoding)) refuse(`encoding ${encoding} is not allowed`)
    })
    parser.on('text', (t) => {
      if (path.length === 3 && inBody() && t.trim() !== '') refuse('text beside the document')
      if (path.length === 3 && path[1] === 'Header' && path[2] === 'MessageId') messageId += t
      if (path.length === 4 && inBody()) value += t
    })
    parser.on('opentag', ({ local, uri }) => {
      if (path.length >= MAX_DEPTH || ++elements > MAX_ELEMENTS) refuse('nested too deeply or too many elements')
      if (path.length === 0)
        version = local === 'Envelope' ? versionOf(uri) : refuse('the root element is no SOAP envelope')
      if (path.length === 2 && inBody()) {
        if (operation) refuse('more than one operation')
        operation = operationOf(uri, local)
        contentStart = parser.position
      }
      if (path.length === 3 && inBody() && payload) refuse('more than one document')
      path.push(local)
    })
    parser.on('closetag', () => {
      if (path.length === 4 && inBody())
        payload = Buffer.from(text.slice(text.indexOf('<', contentStart), parser.position))
      path.pop()
    })
    parser.write(text).close()
    if (!version || !operation || !payload) return { problem: 'the body holds no operation with a document' }
    return { version, operation, messageId: messageId.trim().slice(0, 200), payload, value: value.trim() }
  } catch (error) {
    return { problem: error instanceof Refused ? error.message : 'the request is not UTF-8' }
  }
}
