import { isDeepStrictEqual } from 'node:util'
import { ivi20Source } from '../../../gateway/ivi/catalogue/ivi-2.0.ts'
import type { Catalogue, CatalogueSource } from '../../../gateway/ivi/catalogue.ts'
import { iviXsd } from '../../../gateway/ivi/make-xsd.ts'
import { parseCatalogue } from '../../../gateway/ivi/parse-catalogue.ts'

const change = (text: string, parts: readonly (readonly [string, string])[]): string =>
  parts.reduce((before, [from, to]) => {
    const after = before.replace(from, () => to)
    if (after === before) throw new Error(`${from} does not stand there`)
    return after
  }, text)

/**
 * An invented next release: one optional and one required element more, one less, a code more and one less, a smaller
 * number, and a table that may be left out.
 */
export const ivi21Source: CatalogueSource = {
  ...ivi20Source,
  version: '2.1',
  groups: change(ivi20Source.groups, [
    [' MetricImperialOdometer?:MetricImperialOdometerCode', ' BatteryPassportNumber?:Text35'],
    [' Wheelbase?:Integer5', ' Wheelbase?:Integer4'],
    ['\nAxleGroup all AxleNumber', '\nAxleGroup all AxleLoadClass:Indicator AxleNumber'],
    [' MakeTable ', ' MakeTable? '],
  ]),
  types: change(ivi20Source.types, [
    ['IviVersionNumberXsd xs:string maxLength=8 | 2.0', 'IviVersionNumberXsd xs:string maxLength=8 | 2.1'],
    ['|BE|BX|', '|BE|BF|BX|'],
    ['|CJ|CX|', '|CX|'],
  ]),
}

export const ivi21 = parseCatalogue(ivi21Source)
export const ivi21Xsd = iviXsd({ signed: true }, ivi21)

/** All that a catalogue says, without the circles in it: comparing these takes seconds. */
const flat = ({ version, namespace, elements, types, sequences }: Catalogue) => ({
  version,
  namespace,
  elements: [...elements.values()].map(({ parent, children, ...own }) => ({
    ...own,
    parent: parent?.name,
    children: children.map(({ name }) => name),
  })),
  types: [...types],
  sequences,
})

/** Whether two catalogues are equal in everything. */
export const areEqual = (a: Catalogue, b: Catalogue): boolean => isDeepStrictEqual(flat(a), flat(b))
