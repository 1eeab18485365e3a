import type { Rule } from '../rule.ts'

const issued = '/CocDataGroup/TypeApprovalIssueDate'
const made = '/CocDataGroup/DateManufactureVehicle'
const signed = '/CocDataGroup/SigningAuthorityTable/SigningAuthorityGroup/SignatureDate'

/**
 * Days out of order are warnings: an extension can be dated after the day of manufacture without a change to the vehicle,
 * and official specimens carry odd days themselves.
 */
const inOrder = (number: string, earlier: [string, string], later: [string, string], clause: string): Rule => ({
  code: `CHK-DATE-${number}`,
  title: `The ${earlier[0]} is not after the ${later[0]}`,
  severity: 'warning',
  clause,
  let: { first: earlier[1], second: later[1] },
  check: { notAfter: ['first', 'second'] },
  at: earlier[1],
  message: `The ${earlier[0]} ({first}) is after the ${later[0]} ({second}). See that both are right.`,
})

export const rules: readonly Rule[] = [
  inOrder('001', ['issue date of the approval', issued], ['date of manufacture', made], '2018/858 Article 36'),
  inOrder('002', ['issue date of the approval', issued], ['signature date', signed], '2018/858 Article 36'),
  inOrder('003', ['date of manufacture', made], ['signature date', signed], '2018/858 Article 37(1)'),
]
