import type { ErrorDetail, XmlDocument, XsdValidator } from 'libxml2-wasm'
import type { Finding } from '../contract/finding.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import { ivi20 } from '../ivi/catalogue.ts'
import { iviXsd, xmldsigLocation } from '../ivi/make-xsd.ts'
import { otherRelease } from '../ivi/releases/recognise-release.ts'
import { assertSafeXml } from '../ivi/scan-xml.ts'
import { schemaFinding, shorten } from '../ivi/structure-findings.ts'
import { xmldsigCoreSchema } from '../ivi/xmldsig-core-schema.ts'
import { schemaFindings } from './schema-findings.ts'

export interface SchemaCheck {
  /**
   * The findings of one document; an empty list means that it is valid. Never throws because of what the bytes hold.
   * XML-… codes: refused as XML (scan-xml.ts). SCH-ROOT, SCH-NAMESPACE, SCH-ELEMENT (unknown or misplaced),
   * SCH-MISSING, SCH-TWICE, SCH-TYPE, SCH-CODE, SCH-TEXT, SCH-ATTRIBUTE, SCH-SIGNATURE (absent, or not built as
   * one), SCH-OTHER. A document of another release has IVI-013 or IVI-014 alone. With `unsigned` the signature is left
   * out: it may be absent, and what is in it is not looked at.
   */
  check(bytes: Buffer, options?: { readonly unsigned?: boolean }): Finding[]
  /** Frees the compiled schemas; the check cannot be used afterwards. */
  dispose(): void
}

type LibXml = typeof import('libxml2-wasm')

const folder = 'mem:///ecoc-gateway/'

/** Schemas are served from memory, and only while we compile: a document that names them gets nothing. */
const gate = { open: false, registered: false }

const serveSchemas = (libxml: LibXml): void => {
  if (gate.registered) return
  const memory = new libxml.XmlBufferInputProvider({ [folder + xmldsigLocation]: Buffer.from(xmldsigCoreSchema) })
  libxml.xmlRegisterInputProvider({
    match: (name) => gate.open && memory.match(name),
    open: (name) => memory.open(name),
    read: (handle, buffer) => memory.read(handle, buffer),
    close: (handle) => memory.close(handle),
  })
  gate.registered = true
}

const compile = (libxml: LibXml, signed: boolean, catalogue: Catalogue): XsdValidator => {
  serveSchemas(libxml)
  gate.open = true
  const schema = libxml.XmlDocument.fromString(iviXsd({ signed }, catalogue), { url: `${folder}ivi.xsd` })
  try {
    return libxml.XsdValidator.fromDoc(schema)
  } finally {
    gate.open = false
    schema.dispose()
  }
}

/** What the strict reader must look at first, because a longer document could keep the validator busy for long. */
const largeBytes = 256 * 1024
const maxElements = 20_000
const declaration =
  /^(?:\u00ef\u00bb\u00bf)?<(?:\?xml version=(["'])1\.0\1(?: encoding=(["'])utf-8\2)?(?: standalone=(["'])(?:yes|no)\3)?\s*\?>|[^?!])/i

/** True when nothing in the bytes can be a DTD, another encoding or a flood: then the strict reader is not needed. */
const isPlain = (bytes: Buffer): boolean =>
  bytes.length <= largeBytes &&
  declaration.test(bytes.toString('latin1', 0, 200)) &&
  !bytes.includes('<!DOCTYPE') &&
  !bytes.includes(0)

const notParsed = (bytes: Buffer, error: unknown): Finding[] => {
  // The strict reader says it in the words that every other reader of the house uses.
  const refused = assertSafeXml(bytes, { layer: 'schema', maxElements })
  if (refused.length > 0) return refused
  const reason = error instanceof Error ? shorten(error.message.trim(), 200) : ''
  return [schemaFinding('XML-FORM', '/', `This is not well-formed XML (${reason}).`)]
}

/** What is wrong according to libxml2; undefined when the document is valid. */
const complaints = (libxml: LibXml, validator: XsdValidator, document: XmlDocument): ErrorDetail[] | undefined => {
  try {
    validator.validate(document)
    return undefined
  } catch (error) {
    if (error instanceof libxml.XmlValidateError) return error.details
    if (error instanceof Error) return [{ message: error.message, level: 2, line: 0, col: 0 }]
    throw error
  }
}

/** Wrong elements in one group are few in practice, and each costs one more round. */
const maxRounds = 20

const validate = (libxml: LibXml, validator: XsdValidator, document: XmlDocument, catalogue: Catalogue): Finding[] => {
  const all = new Map<string, Finding>()
  for (let round = 0; round < maxRounds; round++) {
    const details = complaints(libxml, validator, document)
    if (!details) break
    const { findings, unexpected } = schemaFindings(details, document, catalogue)
    for (const [key, finding] of findings) all.set(key, finding)
    if (unexpected.length === 0) break
    // libxml2 checks nothing after an unexpected element of a group. Without it the next round sees the rest, so that
    // people learn of everything at once. Last first: an element is freed with all that is in it.
    for (const element of unexpected.toReversed()) element.remove()
  }
  return [...all.values()]
}

/** Findings inside the signature, which `unsigned` leaves out; a second signature stays a finding. */
const isAboutSignature = ({ path, code }: Finding, catalogue: Catalogue): boolean =>
  code === 'SCH-SIGNATURE' && path.startsWith(`${catalogue.root.path}/Signature`)

/** Findings of a document that may be of another release. */
const isAboutRelease = ({ path }: Finding, { root }: Catalogue): boolean =>
  path === '/' || path === root.path || path === `${root.path}/Header/IviVersionNumberXsd`

/**
 * The check against the schema of IVI, with libxml2. The schemas are compiled here, once (about 50 ms); a check is
 * synchronous and takes well under a millisecond.
 */
export const createSchemaCheck = async (catalogue: Catalogue = ivi20): Promise<SchemaCheck> => {
  const libxml = await import('libxml2-wasm')
  const validators = { signed: compile(libxml, true, catalogue), unsigned: compile(libxml, false, catalogue) }
  const option = libxml.ParseOption.XML_PARSE_NO_XXE

  const parse = (bytes: Buffer): XmlDocument | Finding[] => {
    try {
      return libxml.XmlDocument.fromBuffer(bytes, { option })
    } catch (error) {
      return notParsed(bytes, error)
    }
  }

  return {
    check(bytes, options = {}) {
      if (!isPlain(bytes)) {
        const refused = assertSafeXml(bytes, { layer: 'schema', maxElements })
        if (refused.length > 0) return refused
      }
      const document = parse(bytes)
      if (Array.isArray(document)) return document
      try {
        if (document.dtd)
          return [schemaFinding('XML-DTD', '/', 'A document type declaration (DTD) is not accepted. Remove it.')]
        const { unsigned } = options
        const all = validate(libxml, unsigned ? validators.unsigned : validators.signed, document, catalogue)
        const other = all.some((finding) => isAboutRelease(finding, catalogue)) && otherRelease(bytes, catalogue)
        if (other) return [other]
        return unsigned ? all.filter((finding) => !isAboutSignature(finding, catalogue)) : all
      } finally {
        document.dispose()
      }
    },
    dispose() {
      validators.signed.dispose()
      validators.unsigned.dispose()
    },
  }
}
