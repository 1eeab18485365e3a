import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  xmlRegisterInputProvider,
  XsdValidator,
  XmlValidateError,
} from 'libxml2-wasm'
import { referenceFolder } from '../ivi-samples.ts'

const folder = 'mem:///reference-schema/'
const core = 'xmldsig-core-schema.xsd'

const path = (name: string): string => fileURLToPath(new URL(name, referenceFolder))

/** The reference schema as text; it imports `xmldsig-core-schema.xsd` beside it. */
export const referenceXsd = (unsigned: boolean): Buffer =>
  execFileSync(process.execPath, [path('make-xsd.mjs'), ...(unsigned ? ['--unsigned'] : [])])

/** The verdict of the reference schema on a document: true when it is valid. What is no XML is not valid. */
export const referenceVerdict = (): ((xml: string, unsigned: boolean) => boolean) => {
  xmlRegisterInputProvider(new XmlBufferInputProvider({ [folder + core]: readFileSync(path(core)) }))
  const compile = (unsigned: boolean): XsdValidator => {
    const schema = XmlDocument.fromBuffer(referenceXsd(unsigned), { url: `${folder}ivi.xsd` })
    return XsdValidator.fromDoc(schema)
  }
  const validators = { unsigned: compile(true), signed: compile(false) }
  return (xml, unsigned) => {
    let document: XmlDocument
    try {
      document = XmlDocument.fromBuffer(Buffer.from(xml), { option: ParseOption.XML_PARSE_NO_XXE })
    } catch {
      return false
    }
    try {
      validators[unsigned ? 'unsigned' : 'signed'].validate(document)
      return true
    } catch (error) {
      if (error instanceof XmlValidateError) return false
      throw error
    } finally {
      document.dispose()
    }
  }
}
