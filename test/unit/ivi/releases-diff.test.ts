import { test } from 'tap'
import { ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { ivi20Source } from '../../../gateway/ivi/catalogue/ivi-2.0.ts'
import { diffCatalogues, isSame } from '../../../gateway/ivi/diff-catalogues.ts'
import { parseCatalogue } from '../../../gateway/ivi/parse-catalogue.ts'
import { newlyRequired, touchedPaths } from '../../../gateway/ivi/touched-elements.ts'
import { ivi21 } from './ivi-21.ts'

const coc = '/InitialVehicleInformation/CocDataGroup'
const axle = `${coc}/AxleTable/AxleGroup`
const body = 'CodeForBodywork'

test('the difference of two releases is told per element, code, facet and occurrence', async (t) => {
  const { added, removed, changed } = diffCatalogues(ivi20, ivi21)
  const path = ivi20.elements.get(body)!.path
  const number = { path: '/InitialVehicleInformation/Header/IviVersionNumberXsd', what: 'code' }
  t.strictSame(added, [
    { ...number, from: null, to: '2.1' },
    {
      path: `${coc}/BatteryPassportNumber`,
      what: 'element',
      from: null,
      to: '0 to 1, string, minLength 1, maxLength 35',
    },
    { path: `${axle}/AxleLoadClass`, what: 'element', from: null, to: 'exactly 1, string, maxLength 1, 2 codes' },
    { path, what: 'code', from: null, to: 'BF' },
  ])
  t.match(removed, [
    { path: `${coc}/MetricImperialOdometer`, what: 'element', from: /^0 to 1, string, .*codes$/, to: null },
    { ...number, from: '2.0', to: null },
    { path, what: 'code', from: 'CJ', to: null },
  ])
  t.equal(removed.length, 3)
  const wheelbase = ivi20.elements.get('Wheelbase')!.path
  t.strictSame(
    changed.filter((change) => change.path !== wheelbase),
    [
      { path: '/', what: 'release', from: '2.0', to: '2.1' },
      { path: `${coc}/MakeTable`, what: 'occurrence', from: 'exactly 1', to: '0 to 1' },
    ],
  )
  t.match(
    changed.filter((change) => change.path === wheelbase),
    [
      { what: 'type', from: 'int', to: 'short' },
      { what: 'maxInclusive', from: '99999', to: '9999' },
    ],
  )
})

test('the other way round what was added is removed, and a release differs from itself in nothing', async (t) => {
  const [there, back] = [diffCatalogues(ivi20, ivi21), diffCatalogues(ivi21, ivi20)]
  const paths = (changes: readonly { path: string }[]) => changes.map(({ path }) => path).sort()
  t.strictSame(paths(back.removed), paths(there.added))
  t.strictSame(paths(back.added), paths(there.removed))
  t.strictSame(paths(back.changed), paths(there.changed))
  t.ok(isSame(diffCatalogues(ivi20, parseCatalogue({ ...ivi20Source }))))
  t.notOk(isSame(there))
})

test('an element that moved, became a group or a free value is changed, and so is the order of a sequence', async (t) => {
  const small = { version: '1.0', namespace: 'urn:a', root: 'Root', types: 'Code xs:string | a|b\nFree xs:string' }
  const one = parseCatalogue({
    ...small,
    groups: 'Root all Outer Leaf:Code Two:Free\nOuter sequence Own:Free More:Free',
  })
  const other = parseCatalogue({
    ...small,
    namespace: 'urn:b',
    groups: 'Root all Outer Two\nTwo all Leaf:Free\nOuter sequence More:Free Own:Free',
  })
  t.strictSame(diffCatalogues(one, other), {
    added: [],
    removed: [],
    changed: [
      { path: '/', what: 'namespace', from: 'urn:a', to: 'urn:b' },
      { path: '/Root/Outer', what: 'order', from: 'Own, More', to: 'More, Own' },
      { path: '/Root/Two', what: 'type', from: 'string', to: 'group' },
      { path: '/Root/Two/Leaf', what: 'place', from: '/Root/Leaf', to: '/Root/Two/Leaf' },
      { path: '/Root/Two/Leaf', what: 'codes', from: 'a code list', to: 'free' },
    ],
  })
})

test('touched is what is named itself, or stands in a group that is written', async (t) => {
  const diff = diffCatalogues(ivi20, ivi21)
  const touched = (names: string[], inside = true) => touchedPaths(new Set(names), diff, { inside })
  t.strictSame(
    touched(['Wheelbase', 'Length']),
    [ivi20.elements.get('Wheelbase')!.path],
    'once, though it changed twice',
  )
  t.strictSame(touched(['AxleGroup']), [`${axle}/AxleLoadClass`])
  t.strictSame(touched(['AxleGroup'], false), [])
  t.strictSame(touched(['AxleSpacing']), [])
  const required = (...targets: string[]) => newlyRequired(new Set(targets), diff, ivi21)
  t.strictSame(required('AxleSpacing'), [`${axle}/AxleLoadClass`], 'who writes axles must write it')
  t.strictSame(required('Type'), [], 'who writes none need not')
})
