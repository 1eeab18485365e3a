import { test } from 'tap'
import type { AuthorityMessage } from '../../../gateway/contract/index.ts'
import { explainMessage } from '../../../gateway/receipts/explain-message.ts'
import { elementOfMessage } from '../../../gateway/receipts/element-of-message.ts'

const coc = '/InitialVehicleInformation/CocDataGroup'
const model = {
  tree: {
    CocDataGroup: {
      VehicleCategory: 'N2',
      StageOfCompletion: 'V',
      TypeApprovalNumber: 'e4*2018/858*99002*00',
      DimensionGroup: { Length: '6800' },
      AxleTable: { AxleGroup: [{ AxleSpacing: '3750' }, { TechnicallyPermissibleMassAxle: '3500' }] },
      MassGroup: { MassInRunningOrder: '3100' },
    },
  },
  provenance: {
    [`${coc}/TypeApprovalNumber`]: 'approval',
    [`${coc}/DimensionGroup/Length`]: 'record:LENGTH',
    [`${coc}/AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle`]: 'base',
    [`${coc}/MassGroup/MassInRunningOrder`]: 'rule:sum',
  },
}
const message = (text: string, path?: string, code = 'IVI-1'): AuthorityMessage => ({
  code,
  text,
  severity: 'error',
  ...(path === undefined ? {} : { path }),
})
const of = (m: AuthorityMessage, language: 'en' | 'de' | 'fr' = 'en') => explainMessage(m, model, language)

test('a message is explained by element, item, our value, and who can mend it', (t) => {
  const length = of(message('value out of range', `${coc}/DimensionGroup/Length`))
  t.match(length, {
    element: 'Length',
    label: 'Length',
    item: '5',
    value: '6800',
    whose: 'source',
    provenance: 'record:LENGTH',
  })
  t.equal(length.meaning, 'The access point does not take “Length” (item 5 of the certificate); we sent “6800”.')
  t.equal(length.change, 'Correct “Length” in the source (field LENGTH) and export the record again.')
  t.equal(length.text, 'value out of range', 'beside the authority’s own')
  t.match(of(message('x', `${coc}/TypeApprovalNumber`)), { whose: 'master-data', change: /Homologation/ })
  t.match(of(message('x', `${coc}/AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle`)), {
    whose: 'base',
    value: '3500',
  })
  t.match(of(message('x', `${coc}/MassGroup/MassInRunningOrder`)), { whose: 'mapping', change: /rule:sum/ })
  t.end()
})

test('in three languages', (t) => {
  const refused = message('value out of range', `${coc}/DimensionGroup/Length`)
  t.match(of(refused, 'de'), {
    label: /Länge/,
    meaning: /wir haben „6800“ gesendet/,
    change: /Feld LENGTH/,
    whoseLabel: 'Datenquelle',
  })
  t.match(of(refused, 'fr'), { label: /Longueur/, meaning: /nous avons envoyé/, change: /champ LENGTH/ })
  t.end()
})

test('prefixes, missing paths and names in the text are understood', (t) => {
  t.match(elementOfMessage(message('x', '/ivi:InitialVehicleInformation/ivi:CocDataGroup/ivi:TypeApprovalNumber/@x')), {
    element: 'TypeApprovalNumber',
    path: `${coc}/TypeApprovalNumber`,
  })
  t.match(of(message('TypeApprovalNumber is not known to the authority.')), {
    element: 'TypeApprovalNumber',
    value: /^e4/,
  })
  t.match(of(message('TypeApprovalNumber and MaximumSpeed do not agree.')), {
    element: undefined,
    whose: 'access-point',
  })
  t.match(of(message('The document is empty', '/InitialVehicleInformation')), { element: undefined })
  t.end()
})

test('what is not about an element is somebody’s job too', (t) => {
  const whose = (text: string, code?: string) => of(message(text, undefined, code)).whose
  t.equal(whose('The signature does not hold.'), 'certificate')
  t.equal(whose('rejected', 'NAP-TRUST-002'), 'certificate')
  t.equal(whose('The manufacturer is not registered here.'), 'registration')
  t.equal(whose('cvc-complex-type.2.4.a: invalid content'), 'mapping')
  t.equal(whose('Rejected. Ask the help desk.'), 'access-point')
  const bare = explainMessage(message('The signature does not hold.'), undefined, 'en')
  t.match(bare, { value: undefined, meaning: 'The access point does not take the signature or its certificate.' })
  t.end()
})
