import { changed, signed } from '../helpers.ts'
import { forged, idOf, inside, signature, text, unsigned } from './attack.ts'
import type { Attack } from './attack.ts'

const reference = 'URI=""'
const properties = /<xades:SignedProperties.*<\/xades:SignedProperties>/s.exec(text)?.[0] ?? ''
const otherProperties = properties.replace(idOf('xades:SignedProperties'), 'others').replace('2026-11-22', '2020-01-01')
const keyInfoEnd = '</ds:KeyInfo>'
const plain = changed(/<ds:Reference Type=.*?<\/ds:Reference>/s, '', changed(/<ds:Object>.*<\/ds:Object>/s, ''))
const withId = (source: string): string => source.replace('<InitialVehicleInformation', '$& Id="original"')

/** Signature wrapping: the signed content stays somewhere, and another one stands where readers look. */
export const attacks: readonly Attack[] = [
  {
    how: 'the signature is moved to another document',
    code: 'SIG-130',
    xmlsec: 'refuses',
    make: () => inside(forged, signature),
  },
  {
    how: 'the whole signed document lies inside a forged one',
    code: 'SIG-112',
    xmlsec: 'refuses',
    make: () => inside(forged, text),
  },
  {
    how: 'the signature stands deeper, beside what it is to vouch for',
    code: 'SIG-112',
    xmlsec: 'accepts',
    make: () => Buffer.from(unsigned.replace('</Header>', `${signature}</Header>`)),
  },
  {
    how: 'the original hides in an Object of the signature, and the reference points to it by Id',
    code: 'SIG-124',
    xmlsec: 'refuses',
    make: () =>
      inside(
        forged,
        signature
          .replace(reference, 'URI="#original"')
          .replace('</ds:Signature>', `<ds:Object>${withId(unsigned)}</ds:Object></ds:Signature>`),
      ),
  },
  {
    how: 'the original hides in the signature of a plain XMLDSig, and the reference points to it by Id',
    code: 'SIG-124',
    xmlsec: 'refuses',
    make: () => {
      const moved = plain.toString().replace(reference, 'URI="#original"')
      return Buffer.from(
        moved
          .replace('WEXAMPLE000000001', 'WEXAMPLE000000666')
          .replace('</ds:Signature>', `<ds:Object>${withId(unsigned)}</ds:Object></ds:Signature>`),
      )
    },
  },
  {
    how: 'the reference covers one group of the document only, the rest is free',
    code: 'SIG-124',
    xmlsec: 'refuses',
    make: () => changed(reference, 'URI="#part"', changed('<CocDataGroup>', '<CocDataGroup Id="part">')),
  },
  {
    how: 'a copy of the document with other values lies in KeyInfo, which nothing signs',
    code: 'SIG-126',
    xmlsec: 'accepts',
    make: () => changed(keyInfoEnd, `${forged}${keyInfoEnd}`),
  },
  {
    how: 'a copy of the document hides among the unsigned properties',
    code: 'SIG-126',
    xmlsec: 'accepts',
    make: () =>
      changed(
        '</xades:QualifyingProperties>',
        `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${forged}</xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>`,
      ),
  },
  {
    how: 'the signed properties stand twice under one Id, and each reader takes another',
    code: 'SIG-105',
    xmlsec: 'refuses',
    make: () => changed(properties, properties.replace('2026-11-22', '2020-01-01') + properties),
  },
  {
    how: 'the signed properties are moved aside and unsigned ones take their place',
    code: 'SIG-125',
    xmlsec: 'accepts',
    make: () => changed(keyInfoEnd, `${properties}${keyInfoEnd}`, changed(properties, otherProperties)),
  },
  {
    how: 'a second set of properties, with another time, stands before the signed one',
    code: 'SIG-126',
    xmlsec: 'accepts',
    make: () => changed(keyInfoEnd, `${otherProperties}${keyInfoEnd}`),
  },
  {
    how: 'a second QualifyingProperties with other values',
    code: 'SIG-113',
    xmlsec: 'accepts',
    make: () =>
      changed(
        '</ds:Object>',
        `<xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#x"></xades:QualifyingProperties></ds:Object>`,
      ),
  },
  {
    how: 'the properties claim to belong to another signature',
    code: 'SIG-125',
    xmlsec: 'accepts',
    make: () => changed(/ Target="#[^"]*"/, ' Target="#other"'),
  },
  { how: 'the signature is cut out', code: 'SIG-110', xmlsec: 'refuses', make: () => Buffer.from(unsigned) },
  {
    how: 'a second signature with Ids of its own stands behind the first',
    code: 'SIG-111',
    make: () => inside(signed.bytes.toString(), signature.replaceAll('ecoc-', 'other-')),
  },
  {
    how: 'an unsigned element is put behind the signature',
    code: 'SIG-130',
    xmlsec: 'refuses',
    make: () => inside(text, '<CocDataGroup><Type>U</Type></CocDataGroup>'),
  },
]
