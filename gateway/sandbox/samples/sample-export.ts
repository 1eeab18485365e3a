import { sampleBaseInfo, sampleChassis } from './base-vehicle.ts'

const header =
  'MFGNUM;VIN;TYPE;VARIANT;VERSION;BODY;BODYMASS;MASS_RO;MASS_ACT;MASS_AX1;MASS_AX2;WHEELBASE;LENGTH;WIDTH;HEIGHT;MFGDATE;COP;DEST'

const destinations = ['NL', 'D', 'F', 'E'] as const

/** Thousandths with a decimal comma: 2945 → `2,945` (kg as tonnes, mm as metres). */
const thousandths = (value: number): string => (value / 1000).toFixed(3).replace('.', ',')

/**
 * A Sage X3 export (mapper `sage-x3`) with one row per VIN: Windows-1252, CRLF, decimal comma. Each row is a body on the
 * sample base vehicle that fits it: masses a few kilograms off the expected ones, as scales are, within the 3 % that need
 * no sign-off.
 */
export const sampleExport = (vins: readonly string[]): Buffer => {
  const base = sampleBaseInfo()
  const { completing, completed } = base
  const rows = vins.map((vin, i) => {
    const body = 600 + (i % 5) * 4
    const runningOrder = base.incompleteMassInRunningOrder + body + (i % 7)
    const actual = runningOrder + 25
    // The body sits over the rear axle: 46 % of the mass stays in front.
    const front = Math.round(actual * 0.46)
    return [
      `BÉ-${String(i + 1).padStart(5, '0')}`,
      vin,
      completing.type,
      completing.variant,
      completing.version,
      'BA',
      ...[
        body,
        runningOrder,
        actual,
        front,
        actual - front,
        base.wheelbase,
        completed.length,
        completed.width,
        completed.height,
      ].map(thousandths),
      '06.07.2026',
      'J',
      destinations[i % destinations.length],
    ].join(';')
  })
  return Buffer.from([header, ...rows, ''].join('\r\n'), 'latin1')
}

/** One chassis-cab as the sample chassis maker pushes it (mapper `chassis-json`): JSON, numbers in kilograms. */
export const sampleChassisJson = (vin: string): Buffer =>
  Buffer.from(`${JSON.stringify(sampleChassis(vin), undefined, 2)}\n`)

/** A VIN of the sample series, 17 characters without I, O and Q. */
export const sampleVin = (serial: number): string => `EXZCHASS5NL${String(serial).padStart(6, '0')}`
