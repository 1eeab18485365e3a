import type { IviTree } from '../contract/ivi-tree.ts'
import type { Stage } from '../ivi/coc/coc.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { hasText, type TextOf } from './texts.ts'

/** Make and name of the vehicle: `EXAMPLE Cargo 50`; the make only once where the name begins with it. */
export const vehicleName = (tree: IviTree): string => {
  const [make = '', name = ''] = [valueAt(tree, 'Make'), valueAt(tree, 'CommercialName')]
  return name.toLowerCase().startsWith(make.toLowerCase()) && name !== '' ? name : `${make} ${name}`.trim()
}

const signers = (tree: IviTree): string => {
  const names = rowsOf(tree, 'SigningAuthorityTable').map((row) =>
    [row['SignerName'], row['SignerPosition']].filter((value) => typeof value === 'string').join(', '),
  )
  return names.length === 0 ? '' : ` ${names.join('; ')},`
}

/** Where it may be registered: traffic and units, as far as the document says. */
const conditions = (tree: IviTree, text: TextOf): string => {
  const say = (kind: string, element: string): string => {
    const key = `${kind}.${valueAt(tree, element) ?? ''}`
    return hasText(key) ? text(key) : ''
  }
  const speedometer = say('speedometer', 'MetricImperialSpeedometer')
  const odometer = speedometer === '' ? '' : say('odometer', 'MetricImperialOdometer')
  return [say('traffic', 'RightLeftHandTraffic'), speedometer, odometer].filter((part) => part !== '').join(text('and'))
}

/**
 * The sentence that is signed, after the models of the forms (2020/683 Annex VIII, models A to C): conforms to the
 * approved type, and may or may not be registered as it is.
 */
export const declarationOf = (tree: IviTree, stage: Stage, text: TextOf): string => {
  const date = valueAt(tree, 'TypeApprovalIssueDate')
  const conforms = text('declare.conforms', {
    approval: valueAt(tree, 'TypeApprovalNumber') ?? '–',
    issued: date === undefined ? '' : text('declare.issued', { date }),
  })
  const where = conditions(tree, text)
  const registered =
    stage === 'I'
      ? text('declare.incomplete')
      : where === ''
        ? text('declare.anywhere')
        : text('declare.registered', { conditions: where })
  return text('declare', {
    signer: signers(tree),
    vehicle: vehicleName(tree),
    vin: valueAt(tree, 'VehicleIdentificationNumber') ?? '–',
    text: (stage === 'V' ? text('declare.altered') : '') + conforms + registered,
  })
}
