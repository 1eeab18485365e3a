import {
  isResting,
  type EcocId,
  type EcocState,
  type Finding,
  type Instant,
  type VehicleModel,
} from '../../gateway/contract/index.ts'
import { openSqlite } from '../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../gateway/store/store.ts'
import type { EcocRow, SpoolRow } from '../../gateway/store/tables.ts'
import { event, insert, type Write } from '../../gateway/store/writes.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { newId } from '../../gateway/support/new-id.ts'

/** How far along the way a state is; what a stage keeps is there from its number on. */
const reached: Record<EcocState, number> = {
  received: 0,
  held: 0,
  mapped: 2,
  checked: 3,
  awaiting_signoff: 3,
  signed: 4,
  dispatching: 5,
  outcome_unknown: 5,
  awaiting_receipt: 6,
  accepted: 7,
  accepted_with_warnings: 7,
  rejected: 7,
  compared: 7,
  superseded: 7,
  reopened: 7,
  dead_letter: 1,
  cancelled: 1,
}

const reasons: Partial<Record<EcocState, [code: string, reason: string, next: string]>> = {
  held: [
    'BAS-002',
    'No base eCoC is known for this VIN.',
    'It goes on by itself as soon as the base eCoC can be retrieved or was imported.',
  ],
  awaiting_signoff: [
    'DRF-MASS-001',
    'Mass in running order is 4.1 % above what was expected.',
    'Somebody of quality looks at it and approves or refuses.',
  ],
  outcome_unknown: [
    'SUB-004',
    'The connection ended after the document had left.',
    'The access point is asked again in a minute.',
  ],
  rejected: [
    'REC-003',
    'The access point refused the document.',
    'Correct the data at the source and export it again.',
  ],
  dead_letter: ['PIP-009', 'Mapping failed three times.', 'Look at the events, then replay.'],
}

export const fixtureVin = (n: number): string => `XEB35N2CCT${String(100_000 + n).padStart(7, '0')}`

const drift: Finding = {
  code: 'DRF-MASS-001',
  layer: 'drift',
  severity: 'warning',
  path: '/InitialVehicleInformation/CocDataGroup/MassInRunningOrder',
  message: 'Mass in running order is 4.1 % above what was expected; 3 % are allowed without a sign-off.',
  params: { measured: '5736', base: '4898', body: '612', expected: '5510', deviation: '4.1', tolerance: '3' },
}
const ruleWarning: Finding = {
  code: 'RUL-LEN-002',
  layer: 'rules',
  severity: 'warning',
  path: '/InitialVehicleInformation/CocDataGroup/Length',
  message: 'The length is close to the largest the approval allows (8 500 mm).',
}

const recordOf = (vin: string): Record<string, string> => ({
  MFGNUM: `MO-${vin.slice(-6)}`,
  VIN: vin,
  TYPE: 'EB35',
  VARIANT: 'KX2',
  VERSION: '01A',
  BODY: 'BA',
  BODYMASS: '0,612',
  MASS_RO: '5,736',
  MASS_ACT: '5,811',
  MASS_AX1: '2,840',
  MASS_AX2: '2,971',
  WHEELBASE: '4,325',
  LENGTH: '8,100',
  WIDTH: '2,480',
  HEIGHT: '3,350',
  MFGDATE: '18.11.2026',
  COP: 'J',
  DEST: 'NL',
})

const modelOf = (vin: string): VehicleModel => {
  const root = '/InitialVehicleInformation'
  const coc = `${root}/CocDataGroup`
  return {
    vin: vin as VehicleModel['vin'],
    manufacturer: 'Example Bodies',
    stage: 2,
    destination: 'NL',
    tree: {
      Header: { IntendedCountryRegistration: 'NL', DesignatedTypeApprovalCountry: 'e4' },
      CocDataGroup: {
        VehicleIdentificationNumber: vin,
        Type: 'EB35',
        Variant: 'KX2',
        Version: '01A',
        TypeApprovalNumber: 'e4*2018/858*99001*00',
        MassInRunningOrder: '5736',
        ActualMass: '5811',
        Length: '8100',
        AxleTable: { AxleGroup: [{ AxleNumber: '1', AxleSpacing: '4325' }, { AxleNumber: '2' }] },
      },
    },
    provenance: {
      [`${root}/Header/IntendedCountryRegistration`]: 'record:DEST',
      [`${root}/Header/DesignatedTypeApprovalCountry`]: 'approval',
      [`${coc}/VehicleIdentificationNumber`]: 'record:VIN',
      [`${coc}/Type`]: 'record:TYPE',
      [`${coc}/Variant`]: 'record:VARIANT',
      [`${coc}/Version`]: 'record:VERSION',
      [`${coc}/TypeApprovalNumber`]: 'approval',
      [`${coc}/MassInRunningOrder`]: 'record:MASS_RO',
      [`${coc}/ActualMass`]: 'record:MASS_ACT',
      [`${coc}/Length`]: 'record:LENGTH',
      [`${coc}/AxleTable/AxleGroup[1]/AxleNumber`]: 'base',
      [`${coc}/AxleTable/AxleGroup[1]/AxleSpacing`]: 'record:WHEELBASE',
      [`${coc}/AxleTable/AxleGroup[2]/AxleNumber`]: 'base',
    },
    facts: { bodyMass: '612', baseIncompleteMass: '4898' },
  }
}

export interface FixtureEcoc {
  readonly n: number
  readonly state: EcocState
  /** When it was received. */
  readonly at: Date
}

/** The file all rows of the fixture came in. */
const spoolId = '0190a0a0-0000-7000-8000-00000000f11e' as SpoolRow['id']
const spoolOf = (rows: number, at: Instant): Write =>
  insert('spool', {
    id: spoolId,
    source: 'sage-x3',
    mapper: 'sage-x3',
    key: 'finished-vehicles.csv',
    item_version: '1',
    path: 'spool/f11e',
    size: 14_200,
    sha256: sha256('finished-vehicles.csv'),
    state: 'settled',
    cursor: rows,
    rows,
    refused: 0,
    problem: null,
    archive_name: 'finished-vehicles.csv',
    at,
  })

/** The writes that make one plausible eCoC in a state, with everything that the stages before it kept. */
export const fixtureEcoc = (store: Store, { n, state, at }: FixtureEcoc): { row: EcocRow; writes: Write[] } => {
  const seconds = (s: number): Instant => new Date(at.getTime() + s * 1000).toISOString() as Instant
  const id = newId(at.getTime()) as EcocId
  const vin = fixtureVin(n) as EcocRow['vin']
  const step = reached[state]
  const recordId = newId() as EcocRow['record_id']
  const record = insert('record', {
    id: recordId,
    source: 'sage-x3',
    mapper: 'sage-x3',
    record_key: `${vin}/2` as never,
    content_sha256: sha256(vin),
    vin,
    fields: JSON.stringify(recordOf(vin)),
    at: seconds(0),
  })
  const document = Buffer.from(`<InitialVehicleInformation>${vin}</InitialVehicleInformation>`)
  const signed = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<InitialVehicleInformation>${vin}<Signature/></InitialVehicleInformation>`,
  )
  const [reasonCode, reason, nextStep] = reasons[state] ?? [null, null, null]
  const answered =
    state === 'accepted' || state === 'accepted_with_warnings' || state === 'rejected' || state === 'reopened'
  const row: EcocRow = {
    id,
    record_id: recordId,
    source: 'sage-x3',
    mapper: 'sage-x3',
    mode: 'live',
    mapper_version: step >= 2 ? '1.0.0' : null,
    record_key: `${vin}/2` as EcocRow['record_key'],
    vin,
    manufacturer: step >= 2 ? 'Example Bodies' : null,
    stage: step >= 2 ? 2 : null,
    profile: step >= 2 ? 'EU' : null,
    access_point: step >= 2 ? 'nl-example' : null,
    environment: step >= 2 ? 'sandbox' : null,
    version: 1,
    state,
    reason_code: reasonCode,
    reason,
    next_step: nextStep,
    document_sha256: step >= 3 ? sha256(document) : null,
    signed_sha256: step >= 4 ? sha256(signed) : null,
    ivi_reference_id: step >= 4 ? (crypto.randomUUID() as EcocRow['ivi_reference_id']) : null,
    ivi_version_date_time: step >= 4 ? seconds(4) : null,
    signature_date: step >= 4 ? seconds(4).slice(0, 10) : null,
    receipt_reference: answered ? `NAP-2026-${String(n).padStart(6, '0')}` : null,
    named_access_point: null,
    proposal_of: null,
    replaces: null,
    write_back: answered ? 'done' : 'none',
    created_at: seconds(0),
    updated_at: seconds(2 + step),
  }
  const log = (type: string, s: number, detail: Record<string, unknown> = {}, actor = 'gateway'): Write =>
    event({ at: seconds(s), actor, type, subject: id, detail })
  const writes: Write[] = [
    record,
    insert('ecoc', row),
    log('ecoc.received', 0, { file: 'finished-vehicles.csv', line: n + 2 }),
  ]
  if (step >= 1) writes.push(log('ecoc.received', 1, { stage: 'base', base: sha256('<Base/>'), origin: 'nl-example' }))
  if (step >= 2) {
    writes.push(store.contents.write(id, 'model', Buffer.from(JSON.stringify(modelOf(vin))), seconds(2)))
    writes.push(log('ecoc.mapped', 2, { mapper: 'sage-x3@1.0.0' }))
  }
  if (step >= 3) {
    writes.push(
      store.contents.write(id, 'document', document, seconds(2)),
      store.findings.write(id, 'rules', [ruleWarning]),
    )
    writes.push(log('ecoc.checked', 3, { errors: 0, warnings: 1 }))
  }
  if (state === 'awaiting_signoff') {
    const findings = JSON.stringify([drift])
    writes.push(
      store.findings.write(id, 'drift', [drift]),
      insert('sign_off', {
        id: newId(),
        ecoc_id: id,
        document_sha256: sha256(document),
        findings,
        requested_at: seconds(3),
        decision: null,
        decided_by: null,
        comment: null,
        decided_at: null,
      }),
      log('signoff.requested', 3, { documentSha256: sha256(document) }),
    )
  }
  if (step >= 4) {
    writes.push(store.contents.write(id, 'signed', signed, seconds(4)))
    writes.push(log('ecoc.signed', 4, { stage: 'signature', certificate: sha256('certificate') }))
  }
  if (step >= 5) writes.push(...attemptOf(id, state, answered, seconds, n))
  if (isResting(state)) writes.push(log(`ecoc.${state}`, 2 + step))
  return { row, writes }
}

const attemptOf = (
  id: EcocId,
  state: EcocState,
  answered: boolean,
  seconds: (s: number) => Instant,
  n: number,
): Write[] => {
  const attempt = newId()
  const unknown = state === 'outcome_unknown'
  const writes: Write[] = [
    insert('attempt', {
      id: attempt,
      ecoc_id: id,
      access_point: 'nl-example',
      operation: 'submit',
      message_id: crypto.randomUUID() as never,
      envelope_sha256: sha256(`envelope ${n}`),
      state: unknown ? 'unknown' : answered || state === 'awaiting_receipt' ? 'answered' : 'dispatched',
      reason: unknown ? 'the connection ended before the answer' : null,
      outcome: answered ? state : null,
      reply_status: unknown ? null : 200,
      prepared_at: seconds(5),
      ended_at: seconds(6),
    }),
  ]
  if (!answered) return writes
  const outcome = state === 'reopened' ? 'accepted' : state
  const messages =
    outcome === 'rejected'
      ? [
          {
            code: 'IVI-1207',
            severity: 'error',
            text: 'TypeApprovalNumber is not known to the authority.',
            path: '/InitialVehicleInformation/CocDataGroup/TypeApprovalNumber',
          },
        ]
      : outcome === 'accepted_with_warnings'
        ? [{ code: 'IVI-0310', severity: 'warning', text: 'Colour code is given as “other”.' }]
        : []
  writes.push(
    insert('receipt', {
      id: newId(),
      ecoc_id: id,
      attempt_id: attempt,
      interpreted: 1,
      meaning: JSON.stringify({
        outcome,
        reference: `NAP-2026-${String(n).padStart(6, '0')}`,
        messages,
        receivedAt: seconds(7),
      }),
      content_type: 'application/soap+xml',
      raw: Buffer.from('<Envelope/>'),
      received_at: seconds(7),
    }),
    insert('write_back', {
      kind: 'receipt',
      subject: id,
      source: 'sage-x3',
      name: `${fixtureVin(n)}.receipt.json`,
      state: 'done',
      due_at: seconds(7),
      tries: 1,
      problem: null,
      done_at: seconds(8),
    }),
  )
  return writes
}

/** A day at a plant: mostly accepted, a few that wait for somebody. Newest first in time, oldest written first. */
const day: readonly EcocState[] = [
  ...Array.from({ length: 14 }, () => 'accepted' as const),
  'rejected',
  ...Array.from({ length: 9 }, () => 'accepted' as const),
  'accepted_with_warnings',
  'dead_letter',
  ...Array.from({ length: 16 }, () => 'accepted' as const),
  'cancelled',
  'accepted',
  'superseded',
  'reopened',
  ...Array.from({ length: 12 }, () => 'accepted' as const),
  'outcome_unknown',
  'accepted',
  'held',
  'accepted',
  'held',
  'awaiting_receipt',
  'awaiting_signoff',
  'dispatching',
  'checked',
  'received',
]

/** A store in a folder, filled with `day`; `rows` stand oldest first. */
export const openFilledStore = async (folder: string, now: Date): Promise<{ store: Store; rows: EcocRow[] }> => {
  const store = new Store(await openSqlite(folder))
  const minute = 60_000
  const made = day.map((state, n) =>
    fixtureEcoc(store, { n, state, at: new Date(now.getTime() - (day.length - n) * 7 * minute + minute) }),
  )
  await store.commit([spoolOf(made.length, made[0]!.row.created_at)])
  for (const [n, { row, writes }] of made.entries()) {
    const line = {
      spool_id: spoolId,
      line: n + 2,
      ecoc_id: row.id,
      vin: row.vin,
      known: 0 as const,
      problems: null,
      cells: null,
    }
    await store.commit([...writes, insert('spool_line', line)])
  }
  return { store, rows: made.map((m) => m.row) }
}
