/** What the reader of a held eCoC should do, by reason code. */
const nextSteps: Readonly<Record<string, string>> = {
  'BAS-001': 'It goes on by itself when the base eCoC can be retrieved. Or import it: ecoc base import FILE.',
  'BAS-002': 'Ask the chassis maker for a base eCoC with a valid signature.',
  'BAS-PAIR-001':
    'Import the base eCoC of this VIN (ecoc base import FILE), or correct the VIN and export the record again.',
  'BAS-PAIR-002': 'Import the eCoC of the stage directly before (ecoc base import FILE), then replay.',
  'BAS-PAIR-003':
    'Ask the maker of the stage before which extension holds; correct the mapper or import its corrected eCoC.',
  'BAS-PAIR-004': 'Correct the previous stage in the mapper, or import the right base eCoC, then replay.',
  'BAS-PAIR-005': 'Take the earlier manufacturers over from the base eCoC (mapper), then replay.',
  'BAS-PAIR-006': 'Correct the stage of completion, or import the right base eCoC, then replay.',
  'DRF-CAT-002': 'Homologation: build under an approval of the new category, then export the record again.',
  'DRF-AXLE-002': 'Homologation: get the approval extended, or correct the record and export it again.',
  'DRF-WB-002': 'Homologation: get the approval extended, or correct the record and export it again.',
  'DRF-PERM-003': 'Homologation: import the approval that carries the raised mass, then replay.',
  'DRF-RANGE-001': 'Homologation: get the approval extended, or correct the record and export it again.',
  'DRF-WEIGH-003':
    'Weigh the vehicle again with a full tank, or give the mass of a full tank, and export the record again.',
  'DRF-LEGAL-001':
    'The vehicle may not go on like this. Take mass off it or weigh it again, and export the record again.',
  'DRF-LEGAL-002':
    'The vehicle may not go on like this. Move or take off mass, weigh it again, and export the record again.',
  'DRF-LEGAL-003': 'Correct the mass in service (17) or the technical one (16), and export the record again.',
  'DRF-LEGAL-004': 'The vehicle may not go on like this. Fewer seats or less equipment, and export the record again.',
  'BAS-004': 'Ask the chassis maker for a base eCoC that is signed with a valid seal.',
  'BAS-010': 'Nothing: it is made anew. Look at the differences of its base eCoC.',
  'BAS-011': 'Look at the proposed correction: confirm it (ecoc correct VIN), or cancel it.',
  'BAS-012': 'It goes on by itself: a correction is proposed when the access point has accepted the vehicle.',
  'BAS-013': 'Look at what the base eCoC says otherwise, then correct or cancel the vehicle (ecoc correct VIN).',
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
  'FLO-022': 'Weigh the vehicle and record it (ecoc weigh VIN --gross KG). It then goes on by itself.',
  'FLO-008': 'Add a route for this approval and destination, then replay.',
  'FLO-011': 'Correct the eCoC if the objection is right; otherwise resolve it.',
  'FLO-013': 'Declare an access point with testOf, then replay; or switch the flow to another mode.',
  'FLO-014': 'Name another access point, or correct the configuration, then replay.',
  'FLO-015': 'It is compared when the document is imported: ecoc earlier import FILE --flow FLOW.',
  'FLO-016': 'Look at the differences in the match rate of the flow.',
  'SIG-310': 'Get a new seal, configure it, register it at the access point, then replay.',
  'SIG-311': 'It goes on by itself. If it stays so: check time-stamping authority, network and proxy with ecoc doctor.',
  'FLO-020':
    'Nothing. If the document is due all the same, correct the destination or the routing, then replay its vehicle.',
  'SIG-601': 'Add this document’s maker, approval or market to a signer (`signers`), then replay.',
  'SIG-602': 'Several signers fit. Tell them apart in `signers`, then replay.',
  'SUB-001': 'Ask the access point’s operator what became of it, then resolve.',
  'SUB-002': 'The access point holds other content under this reference. Ask its operator, then resolve.',
  'SUB-003': 'Correct what the access point names and export the record again.',
  'SUB-005': 'It goes on by itself when the earlier one has ended. Look at that one first.',
  'SUB-006': 'Export the document, hand it in at the portal, then note it (ecoc submitted VIN).',
  'SUB-007': 'When the portal has answered, record the reply (ecoc reply VIN --outcome accepted|rejected).',
  'SUB-008': 'Ask the access point’s operator for a larger limit, then set it and replay.',
  'SUB-009': 'It is withdrawn by itself as soon as the access point answers.',
  'SUB-010': 'It still stands at the access point. Ask its operator, then cancel again or correct it.',
}

/** Whatever else drift refuses is wrong in the record. */
const ofDrift = (code: string): string | undefined => (code.startsWith('DRF-') ? nextSteps['FLO-001'] : undefined)

export const nextStepFor = (code: string): string =>
  nextSteps[code] ?? ofDrift(code) ?? 'Look at the findings, correct, then replay.'
