/** A state that a document can come from or go to. */
export interface State {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly iso: string
  /** Distinguishing sign in international traffic (Vienna Convention), as IntendedCountryRegistration wants it. */
  readonly vienna: string
  /** First part of its approval numbers; absent where no approvals are granted. */
  readonly approvalCodes: readonly string[]
  /** Who grants approvals or runs the access point; the names change more often than the numbers. */
  readonly authority: string
  /** The law its access point stands under. */
  readonly area: 'EU' | 'EEA' | 'GB' | 'CH'
}

const eu = (code: number, name: string, iso: string, vienna: string, authority: string): State => ({
  name,
  iso,
  vienna,
  approvalCodes: [`e${code}`],
  authority,
  area: 'EU',
})

/** Distinguishing numbers: 2020/683 Annexes IV and V; 2021/535 Annex XII. e24 is Ireland, and e11 is nobody's any more. */
export const states: readonly State[] = [
  eu(1, 'Germany', 'DE', 'D', 'KBA'),
  eu(2, 'France', 'FR', 'F', 'CNRV'),
  eu(3, 'Italy', 'IT', 'I', 'MIT, DG Motorizzazione'),
  eu(4, 'Netherlands', 'NL', 'NL', 'RDW'),
  eu(5, 'Sweden', 'SE', 'S', 'Transportstyrelsen'),
  eu(6, 'Belgium', 'BE', 'B', 'the regional authorities'),
  eu(7, 'Hungary', 'HU', 'H', 'the ministry of transport'),
  eu(8, 'Czechia', 'CZ', 'CZ', 'the Ministry of Transport'),
  eu(9, 'Spain', 'ES', 'E', 'Ministerio de Industria'),
  eu(12, 'Austria', 'AT', 'A', 'the federal ministry'),
  eu(13, 'Luxembourg', 'LU', 'L', 'SNCH'),
  eu(17, 'Finland', 'FI', 'FIN', 'Traficom'),
  eu(18, 'Denmark', 'DK', 'DK', 'Færdselsstyrelsen'),
  eu(19, 'Romania', 'RO', 'RO', 'RAR'),
  eu(20, 'Poland', 'PL', 'PL', 'TDT'),
  eu(21, 'Portugal', 'PT', 'P', 'IMT'),
  eu(23, 'Greece', 'GR', 'GR', 'the Ministry of Infrastructure and Transport'),
  eu(24, 'Ireland', 'IE', 'IRL', 'NSAI'),
  eu(25, 'Croatia', 'HR', 'HR', 'DZM'),
  eu(26, 'Slovenia', 'SI', 'SLO', 'AVP'),
  eu(27, 'Slovakia', 'SK', 'SK', 'the Ministry of Transport'),
  eu(29, 'Estonia', 'EE', 'EST', 'Transpordiamet'),
  eu(32, 'Latvia', 'LV', 'LV', 'CSDD'),
  eu(34, 'Bulgaria', 'BG', 'BG', 'the Automobile Administration'),
  eu(36, 'Lithuania', 'LT', 'LT', 'LTSA'),
  eu(49, 'Cyprus', 'CY', 'CY', 'the Road Transport Department'),
  eu(50, 'Malta', 'MT', 'M', 'Transport Malta'),
  {
    name: 'United Kingdom',
    iso: 'GB',
    vienna: 'UK',
    // g11 Great Britain, n11 Northern Ireland; e11 ended with the exit and the VCA refuses it.
    approvalCodes: ['g11', 'n11'],
    authority: 'VCA',
    area: 'GB',
  },
  { name: 'Norway', iso: 'NO', vienna: 'N', approvalCodes: ['e16'], authority: 'Statens vegvesen', area: 'EEA' },
  { name: 'Iceland', iso: 'IS', vienna: 'IS', approvalCodes: [], authority: 'Samgöngustofa', area: 'EEA' },
  { name: 'Liechtenstein', iso: 'LI', vienna: 'FL', approvalCodes: [], authority: 'ASV', area: 'EEA' },
  { name: 'Switzerland', iso: 'CH', vienna: 'CH', approvalCodes: [], authority: 'ASTRA', area: 'CH' },
]

const byCode = new Map(states.flatMap((state) => state.approvalCodes.map((code) => [code, state] as const)))
/** ISO and Vienna codes never name two different states of this table; GB is the Vienna sign before 2021. */
const byCountry = new Map(states.flatMap((state) => [state.iso, state.vienna].map((code) => [code, state] as const)))

/** The state that grants approvals with this code, such as `e24`. */
export const stateOfApprovalCode = (code: string): State | undefined => byCode.get(code)

/** The state of an ISO or Vienna code, in capitals or not. */
export const stateOfCountry = (code: string): State | undefined => byCountry.get(code.trim().toUpperCase())
