/** What the reader of a held eCoC should do, by reason code. */
const nextSteps: Readonly<Record<string, string>> = {
  'BAS-001': 'It goes on by itself when the base eCoC can be retrieved. Or import it: ecoc base import FILE.',
  'BAS-002': 'Ask the chassis maker for a base eCoC with a valid signature.',
  'APR-001': 'Homologation: import the approval (ecoc approval import FILE). The vehicle then goes on by itself.',
  'FLO-001': 'Correct the record at its source and export it again.',
  'FLO-002': 'Correct the data named in the findings, or the mapper, then replay.',
  'FLO-003': 'Quality: look at the drift and decide.',
  'FLO-004': 'Another record already makes this eCoC. Cancel one of the two.',
  'FLO-005': 'Look at the differences. Correct the eCoC if they are meant; otherwise cancel this one.',
  'FLO-006': 'Configure a mapper of that name, then replay.',
  'FLO-007': 'Quality refused the drift. Correct the vehicle or its data and export the record again.',
  'FLO-008': 'Add a route for this approval and destination, then replay.',
  'FLO-011': 'Correct the eCoC if the objection is right; otherwise resolve it.',
  'SUB-001': 'Ask the access point’s operator what became of it, then resolve.',
  'SUB-002': 'The access point holds other content under this reference. Ask its operator, then resolve.',
  'SUB-003': 'Correct what the access point names and export the record again.',
}

export const nextStepFor = (code: string): string => nextSteps[code] ?? 'Look at the findings, correct, then replay.'
