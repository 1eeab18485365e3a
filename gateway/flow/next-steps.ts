/** What the reader of a held eCoC should do, by reason code. */
const nextSteps: Readonly<Record<string, string>> = {
  'BAS-001': 'It goes on by itself when the base eCoC can be retrieved. Or import it: ecoc base import FILE.',
  'BAS-002': 'Ask the chassis maker for a base eCoC with a valid signature.',
  'APR-001': 'Homologation: import the approval (ecoc approval import FILE). The vehicle then goes on by itself.',
  'APR-101': 'Homologation: correct the date of manufacture, or import the approval that held then.',
  'APR-102':
    'The time for end-of-series vehicles is over. Ask the authority; then import the approval with endOfSeriesUntil.',
  'APR-104': 'The quota of the small series is reached. Ask the authority, or import this year’s quota.',
  'APR-106': 'Another vehicle of the series has this running number. Correct it and export the record again.',
  'APR-107':
    'No eCoC is due. Cancel it; or, if the authority wants one, import the approval with eCoC: { duty: voluntary }.',
  'FLO-001': 'Correct the record at its source and export it again.',
  'FLO-002': 'Correct the data named in the findings, or the mapper, then replay.',
  'FLO-003': 'Quality: look at the drift and decide.',
  'FLO-004': 'Another record already makes this eCoC. Cancel one of the two.',
  'FLO-005': 'Look at the differences. Correct the eCoC if they are meant; otherwise cancel this one.',
  'FLO-006': 'Configure a mapper of that name, then replay.',
  'FLO-007': 'Quality refused the drift. Correct the vehicle or its data and export the record again.',
  'FLO-008': 'Add a route for this approval and destination, then replay.',
  'FLO-011': 'Correct the eCoC if the objection is right; otherwise resolve it.',
  'FLO-013': 'Declare an access point with testOf, then replay; or switch the flow to another mode.',
  'FLO-014': 'Name another access point, or correct the configuration, then replay.',
  'FLO-015': 'It is compared when the document is imported: ecoc earlier import FILE --flow FLOW.',
  'FLO-016': 'Look at the differences in the match rate of the flow.',
  'SIG-601': 'Add this document’s maker, approval or market to a signer (`signers`), then replay.',
  'SIG-602': 'Several signers fit. Tell them apart in `signers`, then replay.',
  'SUB-001': 'Ask the access point’s operator what became of it, then resolve.',
  'SUB-002': 'The access point holds other content under this reference. Ask its operator, then resolve.',
  'SUB-003': 'Correct what the access point names and export the record again.',
}

export const nextStepFor = (code: string): string => nextSteps[code] ?? 'Look at the findings, correct, then replay.'
