import { SaxesParser } from 'saxes'

export interface IviFacts {
  readonly iviReferenceId: string
  readonly version: string
  readonly vin: string
}

const wanted: Readonly<Record<string, keyof IviFacts>> = {
  'InitialVehicleInformation/Header/IviReferenceId': 'iviReferenceId',
  'InitialVehicleInformation/Header/IviVersionNumber': 'version',
  'InitialVehicleInformation/CocDataGroup/VehicleIdentificationNumber': 'vin',
}

/** Reference, version and VIN of an IVI document; empty where it has none. Undefined when it is no safe, well-formed XML. */
export const readIviFacts = (document: Buffer): IviFacts | undefined => {
  const facts = { iviReferenceId: '', version: '', vin: '' }
  const path: string[] = []
  try {
    const parser = new SaxesParser({ xmlns: true })
    const stop = (): never => {
      // Caught below: a callback can end the parse only by throwing.
      throw new RangeError('refused')
    }
    parser.on('error', stop)
    parser.on('doctype', stop)
    parser.on('opentag', ({ local }) => {
      if (path.push(local) > 64) stop()
    })
    parser.on('text', (text) => {
      const fact = path.length === 3 ? wanted[path.join('/')] : undefined
      if (fact) facts[fact] += text.trim()
    })
    parser.on('closetag', () => path.pop())
    parser.write(new TextDecoder('utf-8', { fatal: true }).decode(document)).close()
    return { ...facts, iviReferenceId: facts.iviReferenceId.toLowerCase() }
  } catch {
    return undefined
  }
}
