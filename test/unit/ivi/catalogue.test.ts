import { readFileSync } from 'node:fs'
import { test } from 'tap'
import {
  childrenOf,
  elementOf,
  findElement,
  findType,
  ivi20,
  iviNamespace,
  loadCatalogue,
} from '../../../gateway/ivi/catalogue.ts'
import { parseCatalogue } from '../../../gateway/ivi/parse-catalogue.ts'
import { childPath, formatPath, parsePath, withoutIndexes } from '../../../gateway/ivi/paths.ts'
import { referenceFolder, referenceSkip } from '../../support/ivi-samples.ts'

test('an element is found with its place, type and limits', async (t) => {
  const spacing = findElement('AxleSpacing')
  t.equal(spacing?.path, '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup/AxleSpacing')
  t.match(spacing, {
    type: 'Integer5',
    min: 0,
    max: 1,
    repeats: false,
    facets: { minInclusive: '0', maxInclusive: '99999' },
  })
  t.equal(spacing?.parent?.name, 'AxleGroup')
  t.match(findElement('AxleGroupMemberGroup'), { min: 2, max: Infinity, repeats: true })
  t.match(findElement('FinalDriveGroup'), { min: 0, max: Infinity, repeats: true })
  t.strictSame(findElement('ProvisionalTypeApprovalIndicator')?.codes, ['Y', 'N'])
  t.equal(findElement('Axlespacing'), undefined)
  t.equal(findElement('constructor'), undefined)
})

test('children come in the order of the catalogue', async (t) => {
  t.strictSame(
    childrenOf('SigningAuthorityGroup').map((child) => child.name),
    ['SignerName', 'SignerPosition', 'SignatureLocation', 'SignatureDate'],
  )
  t.strictSame(childrenOf('SignerName'), [])
  for (const element of ivi20.elements.values())
    t.strictSame(
      element.children.map((child) => child.position),
      [...element.children.keys()],
      element.name,
    )
})

test('a type is found with its facets, decimals kept as written', async (t) => {
  t.match(findType('RimOffSet'), { base: 'xs:decimal', facets: { totalDigits: 6, minInclusive: '-999.999' } })
  t.ok(findType('ExhaustEmissionLevel')?.codes?.includes('Euro 6 AX') === false)
  t.ok(findType('ExhaustEmissionLevel')?.codes?.includes('Euro VI E+'))
})

test('a release that is not known, and a misspelt name, are errors with a code', async (t) => {
  t.equal(loadCatalogue('2.0'), ivi20)
  t.throws(() => loadCatalogue('3.0'), { code: 'IVI-010', kind: 'config' })
  t.throws(() => elementOf('Wheelbas'), { code: 'IVI-011', kind: 'bug' })
})

test('a second catalogue stands beside the first, and a broken one is refused', async (t) => {
  const small = {
    version: '9',
    namespace: 'urn:small',
    root: 'Root',
    groups: 'Root all Leaf?:Code',
    types: 'Code xs:string | a|b c',
  }
  const catalogue = parseCatalogue(small)
  t.match(findElement('Leaf', catalogue), { path: '/Root/Leaf', min: 0, codes: ['a', 'b c'] })
  t.equal(findElement('Leaf'), undefined)
  t.throws(() => parseCatalogue({ ...small, groups: 'Root all Leaf:Nowhere' }), { code: 'IVI-012' })
  t.throws(() => parseCatalogue({ ...small, groups: 'Root all Root' }), { code: 'IVI-012' }, 'a loop')
  t.throws(
    () => parseCatalogue({ ...small, groups: 'Root all Leaf:Code Leaf:Code' }),
    { code: 'IVI-012' },
    'a name twice',
  )
})

test('paths are written and read with 1-based indexes on rows only', async (t) => {
  const path = '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/AxleSpacing'
  t.equal(formatPath(parsePath(path)), path)
  t.strictSame(parsePath(path)[3], { name: 'AxleGroup', index: 2 })
  t.equal(formatPath([]), '/')
  t.equal(withoutIndexes(path), findElement('AxleSpacing')?.path)
  t.equal(childPath('/A', elementOf('AxleGroup'), 3), '/A/AxleGroup[3]')
  t.equal(childPath('/', elementOf('AxleTable'), 1), '/AxleTable')
})

test('the catalogue holds every line of the published facts', { skip: referenceSkip }, async (t) => {
  const marks: Record<string, string> = {
    '1,1': '',
    '0,1': '?',
    '1,Infinity': '*',
    '0,Infinity': '?*',
    '2,Infinity': '{2,unbounded}',
  }
  const ours = new Set<string>()
  for (const element of ivi20.elements.values()) {
    const mark = marks[`${element.min},${element.max}`] ?? '!'
    if (element.parent) ours.add(`${element.parent.type}: ${element.name}${mark} ${element.type}`)
  }
  for (const type of ivi20.types.values()) {
    ours.add(type.name)
    for (const code of type.codes ?? []) ours.add(`${type.name} | ${code}`)
  }
  const published = new Set<string>()
  let current = ''
  for (const line of readFileSync(new URL('ivi-2.0.facts.txt', referenceFolder), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('  | ')) published.add(`${current} | ${line.slice(4)}`)
    else if (line.startsWith('  ')) published.add(`${current}: ${line.trim()}`)
    else {
      current = line.split(' ')[1] ?? ''
      if (line.startsWith('simpleType')) published.add(current)
    }
  }
  t.strictSame([...ours].sort(), [...published].sort())
  t.equal(iviNamespace, 'http://eu.ereg.initialvehicleinformation.v2')
})
