import { XmlBufferInputProvider, XmlDocument, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm'
import type { Finding } from '../contract/finding.ts'
import { signatureNamespace } from './catalogue.ts'
import { assertSafeXml } from './scan-xml.ts'
import { schemaFinding, shorten } from './structure-findings.ts'
import { xmldsigCoreSchema } from './xmldsig-core-schema.ts'
import { xsdNamespace } from './xsd-node.ts'

const folder = 'mem:///ecoc-gateway/imported/'
const signatureSchema = `${folder}signature.xsd`
const givenSchema = `${folder}ivi.xsd`

/** What is served to libxml2 while a schema is compiled. Everything else that a schema names is not found. */
const gate: { files: XmlBufferInputProvider | undefined; registered: boolean } = { files: undefined, registered: false }
const nothing = new XmlBufferInputProvider({})

const serve = (bytes: Buffer): void => {
  gate.files = new XmlBufferInputProvider({
    [signatureSchema]: Buffer.from(xmldsigCoreSchema),
    [givenSchema]: bytes,
  })
  if (gate.registered) return
  xmlRegisterInputProvider({
    match: (name) => gate.files?.match(name) ?? false,
    open: (name) => (gate.files ?? nothing).open(name),
    read: (handle, buffer) => (gate.files ?? nothing).read(handle, buffer),
    close: (handle) => (gate.files ?? nothing).close(handle),
  })
  gate.registered = true
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/**
 * A schema that takes in ours of ds:Signature first: libxml2 loads a namespace once, so that the given schema finds it
 * there, wherever it says that it lies.
 */
const driver = (namespace: string): string =>
  `<xs:schema xmlns:xs="${xsdNamespace}">` +
  `<xs:import namespace="${signatureNamespace}" schemaLocation="${signatureSchema}"/>` +
  `<xs:import namespace="${escapeAttribute(namespace)}" schemaLocation="${givenSchema}"/></xs:schema>`

/**
 * Whether libxml2 takes the schema, on which every check of a document rests: findings XML-… or XSD-007, none when it does.
 * Nothing is fetched.
 * @param namespace its target namespace
 */
export const compileXsd = (bytes: Buffer, namespace: string): Finding[] => {
  const refused = assertSafeXml(bytes, { layer: 'schema', maxElements: 50_000 })
  if (refused.length > 0) return refused
  const document = XmlDocument.fromString(driver(namespace), { url: `${folder}driver.xsd` })
  serve(bytes)
  try {
    XsdValidator.fromDoc(document).dispose()
    return []
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split('\n') : []
    // That ours of ds:Signature was taken instead of another is as it must be.
    const reason = said.filter((line) => !line.includes('Skipping import of schema')).join(' ')
    return [schemaFinding('XSD-007', '/', `The schema cannot be compiled: ${shorten(reason, 500)}`)]
  } finally {
    gate.files = undefined
    document.dispose()
  }
}
