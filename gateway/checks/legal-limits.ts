/** A limit that law sets to a value of the document. Rules take it from here, with its article; nowhere else stands a number of law. */
export interface LegalLimit {
  /** Code of the rule that holds it. */
  readonly code: string
  /** Beginnings of the vehicle category. */
  readonly categories: readonly string[]
  readonly element: string
  readonly relation: '<=' | '>' | '>='
  readonly value: number
  readonly unit: '' | 'mm' | 'kg' | 'kW' | 'kW/kg' | 'km/h' | 'cm³'
  readonly article: string
  /** False where the text of the law was not read itself, or knows exceptions that a document does not show: the rule warns. */
  readonly sure: boolean
}

type Row = [code: string, categories: string, value: number, article: string, doubt?: 'doubt']

const table = (
  element: string,
  relation: LegalLimit['relation'],
  unit: LegalLimit['unit'],
  rows: readonly Row[],
): LegalLimit[] =>
  rows.map(([code, categories, value, article, doubt]) => ({
    code: `CHK-${code}`,
    categories: categories.split(' '),
    element,
    relation,
    value,
    unit,
    article,
    sure: doubt === undefined,
  }))

const annex = '2021/535 Annex XIII Part 2'

/** Outer dimensions of M, N and O (2021/535 Annex XIII Part 2, B to E 1.1); which kind of body a row means stands in dimensions.ts. */
export const dimensionLimits: readonly LegalLimit[] = [
  ...table('Length', '<=', 'mm', [
    ['DIM-001', 'M1 N1', 12000, `${annex} B 1.1`],
    ['DIM-006', 'M2 M3', 13500, `${annex} C 1.1`],
    ['DIM-007', 'M2 M3', 15000, `${annex} C 1.1`],
    ['DIM-008', 'M2 M3', 18750, `${annex} C 1.1`],
    ['DIM-011', 'N2 N3', 12000, `${annex} D 1.1`],
    ['DIM-015', 'O', 12000, `${annex} E 1.1`],
  ]),
  ...table('Width', '<=', 'mm', [
    ['DIM-002', 'M1', 2550, `${annex} B 1.1`],
    ['DIM-003', 'N1', 2550, `${annex} B 1.1`],
    ['DIM-004', 'N1', 2600, `${annex} B 1.1`],
    ['DIM-009', 'M2 M3', 2550, `${annex} C 1.1`],
    ['DIM-012', 'N2 N3', 2550, `${annex} D 1.1`],
    ['DIM-013', 'N2 N3', 2600, `${annex} D 1.1`],
    ['DIM-016', 'O', 2550, `${annex} E 1.1`],
    ['DIM-017', 'O', 2600, `${annex} E 1.1`],
  ]),
  ...table('Height', '<=', 'mm', [
    ['DIM-005', 'M1 N1', 4000, `${annex} B 1.1`],
    ['DIM-010', 'M2 M3', 4000, `${annex} C 1.1`],
    ['DIM-014', 'N2 N3', 4000, `${annex} D 1.1`],
    ['DIM-018', 'O', 4000, `${annex} E 1.1`],
  ]),
  // A semi-trailer is measured from the kingpin: 12 m behind it.
  ...table('DistanceCentreCouplingRearEnd', '<=', 'mm', [['DIM-019', 'O', 12000, `${annex} E 1.1`]]),
]

/**
 * What an incomplete vehicle allows its completed one (CoC items 5.1, 6.1, 7.1), against the widest maximum of its
 * category: the body is not known yet, so these warn.
 */
export const completedDimensionLimits: readonly LegalLimit[] = [
  ...table('MaximumPermissibleLength', '<=', 'mm', [
    ['DIM-020', 'M1 N1', 12000, `${annex} B 1.1`, 'doubt'],
    ['DIM-021', 'M2 M3', 18750, `${annex} C 1.1`, 'doubt'],
    ['DIM-022', 'N2 N3', 12000, `${annex} D 1.1`, 'doubt'],
  ]),
  ...table('MaximumPermissibleWidth', '<=', 'mm', [
    ['DIM-023', 'M', 2550, `${annex} B 1.1, C 1.1`, 'doubt'],
    ['DIM-024', 'N O', 2600, `${annex} B 1.1, D 1.1, E 1.1`, 'doubt'],
  ]),
  ...table('MaximumPermissibleHeight', '<=', 'mm', [
    ['DIM-025', 'M N O', 4000, `${annex} B 1.1, C 1.1, D 1.1, E 1.1`, 'doubt'],
  ]),
]

const classes = '2018/858 Article 4(1)'

/** Mass and seat limits of the categories M, N and O. */
export const categoryLimits: readonly LegalLimit[] = [
  ...table('TechnicallyPermissibleMaximumLadenMass', '<=', 'kg', [
    ['CAT-001', 'M2', 5000, `${classes}(a)(ii)`],
    ['CAT-002', 'N1', 3500, `${classes}(b)(i)`],
    ['CAT-003', 'N2', 12000, `${classes}(b)(ii)`],
    ['CAT-004', 'O1', 750, `${classes}(c)(i)`],
    ['CAT-005', 'O2', 3500, `${classes}(c)(ii)`],
    ['CAT-006', 'O3', 10000, `${classes}(c)(iii)`],
    // With batteries: rules for vans up to 4.25 t are in motion.
    ['CAT-018', 'N1', 3500, `${classes}(b)(i)`, 'doubt'],
  ]),
  ...table('TechnicallyPermissibleMaximumLadenMass', '>', 'kg', [
    ['CAT-007', 'M3', 5000, `${classes}(a)(iii)`],
    ['CAT-008', 'N2', 3500, `${classes}(b)(ii)`],
    ['CAT-009', 'N3', 12000, `${classes}(b)(iii)`],
    ['CAT-010', 'O2', 750, `${classes}(c)(ii)`, 'doubt'],
    ['CAT-011', 'O3', 3500, `${classes}(c)(iii)`, 'doubt'],
    ['CAT-012', 'O4', 10000, `${classes}(c)(iv)`, 'doubt'],
  ]),
  ...table('NumberOfSeatingPositionsIncludingDriver', '<=', '', [['CAT-013', 'M1', 9, `${classes}(a)(i)`]]),
  // Places for wheelchairs may take the place of seats.
  ...table('NumberOfSeatingPositionsIncludingDriver', '>=', '', [
    ['CAT-014', 'M2 M3', 10, `${classes}(a)(ii), (iii)`, 'doubt'],
  ]),
  ...table('NumberOfWheels', '>=', '', [['CAT-015', 'M N', 4, '2018/858 Article 3(16)']]),
  // Ambulances, police and some other vehicles need no limiter.
  ...table('MaximumSpeed', '<=', 'km/h', [
    ['CAT-016', 'M2 M3', 100, 'UN Regulation 89; Directive 92/6/EEC Article 2', 'doubt'],
    ['CAT-017', 'N2 N3', 90, 'UN Regulation 89; Directive 92/6/EEC Article 3', 'doubt'],
  ]),
]

const light = '168/2013 Annex I'

/** Classification criteria of L (168/2013 Annex I). */
export const lCategoryLimits: readonly LegalLimit[] = [
  ...table('Length', '<=', 'mm', [
    ['LCAT-001', 'L', 4000, `${light} (1)`],
    ['LCAT-002', 'L6e-B', 3000, `${light} (1)`],
    ['LCAT-003', 'L7e-C', 3700, `${light} (1)`],
  ]),
  ...table('Width', '<=', 'mm', [
    ['LCAT-004', 'L', 2000, `${light} (2)`],
    ['LCAT-005', 'L1e', 1000, `${light} (2)`],
    ['LCAT-006', 'L6e-B L7e-C', 1500, `${light} (2)`],
  ]),
  ...table('Height', '<=', 'mm', [['LCAT-007', 'L', 2500, `${light} (3)`]]),
  ...table('MaximumSpeed', '<=', 'km/h', [
    ['LCAT-008', 'L1e L2e L6e', 45, `${light} L1e (6), L2e (6), L6e (5)`],
    ['LCAT-009', 'L7e-B1 L7e-C', 90, `${light} L7e-B1, L7e-C`],
  ]),
  ...table('MaximumAssistanceSpeed', '<=', 'km/h', [['LCAT-010', 'L1e-A', 25, `${light} L1e-A (10)`]]),
  ...table('MassInRunningOrder', '<=', 'kg', [
    ['LCAT-011', 'L2e', 270, `${light} L2e`],
    ['LCAT-012', 'L5e', 1000, `${light} L5e`],
    ['LCAT-013', 'L6e', 425, `${light} L6e (6)`],
    ['LCAT-014', 'L7e', 600, `${light} L7e (5)`],
    ['LCAT-015', 'L7e-A L7e-CP', 450, `${light} L7e (5)`, 'doubt'],
    ['LCAT-016', 'L3e-A1E L3e-A2E L3e-A3E', 140, `${light} L3e-AxE`, 'doubt'],
    ['LCAT-017', 'L3e-A1T L3e-A2T L3e-A3T', 100, `${light} L3e-AxT`, 'doubt'],
  ]),
  ...table('MaximumNetPowerCombustion', '<=', 'kW', [
    ['LCAT-018', 'L1e-A', 1, `${light} L1e-A (11)`],
    ['LCAT-019', 'L1e-B L2e L6e-A', 4, `${light} L1e (7), L2e (7), L6e-A`],
    ['LCAT-020', 'L6e-B', 6, `${light} L6e-B`],
    ['LCAT-021', 'L3e-A1 L4e-A1', 11, `${light} L3e-A1`],
    ['LCAT-022', 'L3e-A2 L4e-A2', 35, `${light} L3e-A2`],
    ['LCAT-023', 'L7e-A L7e-B2 L7e-C', 15, `${light} L7e-A, L7e-B2, L7e-C`],
  ]),
  // The act limits the continuous rated power of electric motors; the certificate gives 15 or 30 minutes power.
  ...table('Maximum30MinutesPower', '<=', 'kW', [
    ['LCAT-024', 'L1e-A', 1, `${light} L1e-A (11)`, 'doubt'],
    ['LCAT-025', 'L1e-B L2e L6e-A', 4, `${light} L1e (7), L2e (7), L6e-A`, 'doubt'],
    ['LCAT-026', 'L6e-B', 6, `${light} L6e-B`, 'doubt'],
    ['LCAT-027', 'L3e-A1 L4e-A1', 11, `${light} L3e-A1`, 'doubt'],
    ['LCAT-028', 'L3e-A2 L4e-A2', 35, `${light} L3e-A2`, 'doubt'],
    ['LCAT-029', 'L7e-A L7e-B2 L7e-C', 15, `${light} L7e-A, L7e-B2, L7e-C`, 'doubt'],
  ]),
  // Rounded up to hundredths on the certificate, so this warns.
  ...table('PowerMassRatio', '<=', 'kW/kg', [
    ['LCAT-030', 'L3e-A1 L4e-A1', 0.1, `${light} L3e-A1`, 'doubt'],
    ['LCAT-031', 'L3e-A2 L4e-A2', 0.2, `${light} L3e-A2`, 'doubt'],
  ]),
  ...table('EngineCapacity', '<=', 'cm³', [
    ['LCAT-032', 'L3e-A1 L4e-A1', 125, `${light} L3e-A1`],
    ['LCAT-033', 'L1e L2e L6e', 50, `${light} L1e (5), L2e (5), L6e`],
    ['LCAT-034', 'L2e L6e', 500, `${light} L2e (5), L6e`],
  ]),
  ...table('NumberOfSeatingPositionsIncludingDriver', '<=', '', [
    ['LCAT-035', 'L2e L6e', 2, `${light} L2e, L6e`],
    ['LCAT-036', 'L7e-A L7e-B1 L7e-CU L5e-B', 2, `${light} L5e-B, L7e`, 'doubt'],
    ['LCAT-037', 'L7e-B2', 3, `${light} L7e-B2`, 'doubt'],
    ['LCAT-038', 'L4e L7e-CP', 4, `${light} L4e, L7e-CP`, 'doubt'],
    ['LCAT-039', 'L5e-A', 5, `${light} L5e-A`, 'doubt'],
  ]),
  ...table('WheelBaseGroundRatio', '<=', '', [
    ['LCAT-040', 'L7e-B1', 6, `${light} L7e-B1`, 'doubt'],
    ['LCAT-041', 'L7e-B2', 8, `${light} L7e-B2`, 'doubt'],
  ]),
  ...table('SeatingHeight', '>=', 'mm', [['LCAT-042', 'L3e-A1E L3e-A2E L3e-A3E', 900, `${light} L3e-AxE`, 'doubt']]),
  ...table('SeatingHeight', '<=', 'mm', [['LCAT-043', 'L3e-A1T L3e-A2T L3e-A3T', 700, `${light} L3e-AxT`, 'doubt']]),
]

const tractors = '167/2013 Article 4'

/** Mass limits of T, C, R and S; a and b (40 km/h) stand in categories-tcrs.ts with the same number. */
export const tractorSpeed = { value: 40, article: `${tractors}(1), (9), (10), (15)` } as const

export const tcrsCategoryLimits: readonly LegalLimit[] = [
  ...table('TechnicallyPermissibleMassAxle', '<=', 'kg', [
    ['TCAT-003', 'R1', 1500, `${tractors}(11)`],
    ['TCAT-004', 'R2', 3500, `${tractors}(12)`],
    ['TCAT-005', 'R3', 21000, `${tractors}(13)`],
    ['TCAT-006', 'S1', 3500, `${tractors}(16)`],
  ]),
  ...table('TechnicallyPermissibleMassAxle', '>', 'kg', [
    ['TCAT-007', 'R2', 1500, `${tractors}(12)`],
    ['TCAT-008', 'R3', 3500, `${tractors}(13)`],
    ['TCAT-009', 'R4', 21000, `${tractors}(14)`],
    ['TCAT-010', 'S2', 3500, `${tractors}(17)`],
  ]),
  // The unladen mass of the classes stands with ballast and options as a range on the certificate.
  ...table('MassInRunningOrderVariableMax', '>', 'kg', [
    ['TCAT-011', 'T1 T2 C1 C2', 600, `${tractors}(2), (3), (9)`, 'doubt'],
  ]),
  ...table('MassInRunningOrderVariableMin', '<=', 'kg', [['TCAT-012', 'T3 C3', 600, `${tractors}(4), (9)`, 'doubt']]),
  ...table('TechnicallyPermissibleMaximumLadenMass', '<=', 'kg', [
    ['TCAT-013', 'T4.3 C4.3', 10000, `${tractors}(8)`, 'doubt'],
  ]),
]

/** Towing of M1 and N1 (2021/535 Annex XIII Part 2 B 3), kg; shares are written out in towing.ts and towing-limits.ts. */
export const towingLimits = {
  unbraked: { value: 750, article: `${annex} B 3.1.2` },
  braked: { value: 3500, article: `${annex} B 3.1.1` },
  couplingLoad: { value: 25, article: `${annex} B 3.2` },
} as const

/** Masses of persons (2021/535 Annex XIII Part 2), kg. */
export const personMass = {
  passenger: { value: 75, article: `${annex} B 2.7.2.1` },
  /** The lightest that any class of bus counts. */
  busPassenger: { value: 68, article: `${annex} C 2.2` },
  wheelchair: { value: 250, article: `${annex} C 2.2.2` },
} as const
