import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Rule } from '../rule.ts'

const issued = cocPath('TypeApprovalIssueDate')
const approval = cocPath('TypeApprovalNumber')

/** No approval is older than the act it is granted under. */
const notBefore = (number: string, act: RegExp, name: string, tooEarly: RegExp, year: string): Rule =>
  makeRule({
    code: `CHK-DATE-${number}`,
    title: [
      `An approval under ${name} is from ${year} or later`,
      `Eine Genehmigung nach ${name} ist von ${year} oder später`,
      `Une réception selon ${name} est de ${year} ou après`,
    ],
    severity: 'error',
    clause: `${name}, entry into force`,
    only: { matches: [approval, act] },
    let: { issued, number: approval },
    check: { not: { matches: ['issued', tooEarly] } },
    at: issued,
    message: [
      `The approval {number} is dated {issued}, before ${name} existed (${year}). Correct date or number.`,
      `Die Genehmigung {number} trägt das Datum {issued}, vor dem Bestehen von ${name} (${year}). Berichtigen Sie Datum oder Nummer.`,
      `La réception {number} est datée du {issued}, avant l’existence de ${name} (${year}). Corrigez date ou numéro.`,
    ],
  })

export const rules: readonly Rule[] = [
  notBefore('004', /\*N?(?:KS)?(?:20)?18\/858\*/, '2018/858', /^(?:1\d{3}|200\d|201[0-7])-/, '2018'),
  notBefore('005', /\*16[78]\/2013\*/, '167/2013, 168/2013', /^(?:1\d{3}|200\d|201[0-2])-/, '2013'),
  notBefore('006', /\*(?:N?KS0|200)7\/46\*/, '2007/46', /^(?:1\d{3}|200[0-6])-/, '2007'),
]
