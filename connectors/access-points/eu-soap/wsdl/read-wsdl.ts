import { XmlDocument, XmlElement } from 'libxml2-wasm'
import { GatewayError } from '../../../../gateway/contract/errors.ts'
import type { QName } from '../config-parts.ts'
import { scanXml } from '../safe-xml.ts'
import { attribute, nameAt, schemaNamespace, WsdlSchema, type Part } from './wsdl-schema.ts'

const wsdl = 'http://schemas.xmlsoap.org/wsdl/'
const soap = { '1.1': `${wsdl}soap/`, '1.2': `${wsdl}soap12/` } as const
const prefixes = { w: wsdl, s11: soap['1.1'], s12: soap['1.2'], xs: schemaNamespace }
const MAX_OPERATIONS = 200

export interface WsdlOperation {
  readonly name: string
  readonly action: string
  readonly input: QName
  readonly inputParts: readonly Part[]
  readonly output: QName | undefined
  readonly outputParts: readonly Part[]
}

export interface Wsdl {
  readonly endpoint: string | undefined
  readonly otherEndpoints: readonly string[]
  readonly soapVersion: '1.1' | '1.2'
  readonly operations: readonly WsdlOperation[]
  /** Names of policy assertions and addressing marks in it. */
  readonly demands: readonly string[]
  /** Addresses of files it refers to; they are never fetched. */
  readonly imports: readonly string[]
}

const refuse = (message: string): never => {
  throw new GatewayError({
    kind: 'usage',
    code: 'EUS-003',
    message: `The interface description cannot be used: ${message}.`,
    hint: 'Ask the operator for the WSDL 1.1 in one file, or fill in the profile by hand (docs/access-points.md).',
  })
}

const all = (node: XmlElement | XmlDocument, path: string): XmlElement[] =>
  node.find(path, prefixes).filter((n) => n instanceof XmlElement)
const byName = (nodes: readonly XmlElement[]): ReadonlyMap<string, XmlElement> =>
  new Map(nodes.map((n) => [attribute(n, 'name') ?? '', n]))

/** A binding that speaks SOAP, with its port where one names it. */
const bindingOf = (root: XmlElement): { binding: XmlElement; version: '1.1' | '1.2'; ports: XmlElement[] } => {
  const ports = all(root, 'w:service/w:port[s11:address or s12:address]')
  for (const binding of all(root, 'w:binding[s11:binding or s12:binding]')) {
    const version = all(binding, 's11:binding').length > 0 ? '1.1' : '1.2'
    const name = attribute(binding, 'name')
    const own = ports.filter((port) => nameAt(port, attribute(port, 'binding') ?? '').name === name)
    if (own.length > 0) return { binding, version, ports: own }
  }
  return refuse('it has no SOAP binding with a port')
}

class Reader {
  readonly messages: ReadonlyMap<string, XmlElement>
  readonly declared: ReadonlyMap<string, XmlElement>
  readonly schema: WsdlSchema

  constructor(root: XmlElement, portType: XmlElement, schema: WsdlSchema) {
    this.messages = byName(all(root, 'w:message'))
    this.declared = byName(all(portType, 'w:operation'))
    this.schema = schema
  }

  /** What a message puts into the Body: its element, or in RPC style the operation's own with the parts below it. */
  body(io: XmlElement | undefined, rpc: QName | undefined): { name: QName; parts: Part[] } | undefined {
    const message = io && this.messages.get(nameAt(io, attribute(io, 'message') ?? '').name)
    if (!message) return undefined
    const parts = all(message, 'w:part')
    if (rpc) {
      const below = parts.flatMap((part) => {
        const at = { namespace: '', name: attribute(part, 'name') ?? '' }
        const type = attribute(part, 'type')
        return type === undefined ? [] : this.schema.partsOfType(nameAt(part, type), at)
      })
      return { name: rpc, parts: below }
    }
    const part = parts.find((p) => attribute(p, 'element') !== undefined)
    const name = part && nameAt(part, attribute(part, 'element') ?? '')
    return name && { name, parts: this.schema.partsOf(name) }
  }

  operation(bound: XmlElement, style: string, version: '1.1' | '1.2'): WsdlOperation[] {
    const name = attribute(bound, 'name') ?? ''
    const declared = this.declared.get(name)
    const s = version === '1.1' ? 's11' : 's12'
    const [soapOperation] = all(bound, `${s}:operation`)
    const own = (soapOperation && attribute(soapOperation, 'style')) ?? style
    const [inBody] = all(bound, `w:input/${s}:body`)
    const rpcNamespace = (inBody && attribute(inBody, 'namespace')) ?? ''
    const rpc = (of: string): QName | undefined => (own === 'rpc' ? { namespace: rpcNamespace, name: of } : undefined)
    const input = this.body(declared && all(declared, 'w:input')[0], rpc(name))
    if (!input || (inBody && attribute(inBody, 'use') === 'encoded')) return []
    const output = this.body(declared && all(declared, 'w:output')[0], rpc(`${name}Response`))
    const action = (soapOperation && attribute(soapOperation, 'soapAction')) ?? ''
    return [
      {
        name,
        action,
        input: input.name,
        inputParts: input.parts,
        output: output?.name,
        outputParts: output?.parts ?? [],
      },
    ]
  }
}

const read = (document: XmlDocument): Wsdl => {
  const { root } = document
  if (root.namespaceUri === 'http://www.w3.org/ns/wsdl') return refuse('it is WSDL 2.0')
  if (root.name !== 'definitions' || root.namespaceUri !== wsdl) return refuse('its root is no definitions of WSDL 1.1')
  const located = all(document, '//w:import[@location] | //xs:import[@schemaLocation] | //xs:include[@schemaLocation]')
  const imports = located.map((i) => attribute(i, 'location') ?? attribute(i, 'schemaLocation') ?? '')
  const { binding, version, ports } = bindingOf(root)
  const portType = byName(all(root, 'w:portType')).get(nameAt(binding, attribute(binding, 'type') ?? '').name)
  if (!portType)
    return refuse(imports.length > 0 ? 'its operations stand in another file' : 'its binding has no port type')
  const [soapBinding] = all(binding, 's11:binding | s12:binding')
  const style = (soapBinding && attribute(soapBinding, 'style')) ?? 'document'
  const reader = new Reader(root, portType, new WsdlSchema(document))
  const operations = all(binding, 'w:operation')
    .slice(0, MAX_OPERATIONS)
    .flatMap((bound) => reader.operation(bound, style, version))
  if (operations.length === 0) return refuse('it has no operation with a literal message')
  const addresses = ports
    .flatMap((port) => all(port, 's11:address | s12:address'))
    .map((a) => attribute(a, 'location') ?? '')
  const [endpoint, ...otherEndpoints] = addresses.filter((a) => a.startsWith('https://'))
  const demanding = all(
    document,
    "//*[contains(namespace-uri(), 'securitypolicy') or contains(namespace-uri(), 'addressing')]",
  )
  const demands = [...new Set(demanding.map((d) => d.name))].slice(0, 50)
  return { endpoint, otherEndpoints, soapVersion: version, operations, demands, imports }
}

/**
 * Reads a WSDL 1.1 with the schemas inside it. Strict: UTF-8, no DTD, no processing instruction, at most 1 MB; nothing it refers
 * to is fetched.
 * @throws GatewayError EUS-003 when it is none, or has nothing that this connector can speak
 */
export const readWsdl = (bytes: Buffer): Wsdl => {
  const scan = scanXml(bytes)
  if (!scan.ok) return refuse(scan.problem)
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(scan.text)
  } catch {
    return refuse('it is no XML')
  }
  try {
    return read(document)
  } finally {
    document.dispose()
  }
}
