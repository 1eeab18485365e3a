import { z } from 'zod'

const kilograms = z.string().regex(/^\d{1,6}(\.\d{1,3})?$/, 'a mass in kg such as 2915.5')
const percent = z.string().regex(/^(100(\.0{1,3})?|\d{1,2}(\.\d{1,3})?)$/, 'percent from 0 to 100')
const day = z.iso.date()
const word = z.string().trim().min(1).max(100)

/** A weighing as it is recorded apart from the vehicle's record; masses are decimal strings in kg. */
export const weighingInput = z.strictObject({
  vin: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{17}$/, 'a VIN has 17 letters and digits'),
  grossMass: kilograms.describe('All that stood on the scale.'),
  fuelLevel: percent.optional().describe('Percent of the tank.'),
  fuelMassFull: kilograms.optional().describe('Mass of the fuel of a full tank.'),
  driverMass: kilograms.optional().describe('Of who sat in it; absent: nobody.'),
  optionalMass: kilograms.optional().describe('Optional equipment that is fitted: part of 13.2, not of 13.'),
  ticket: word.optional(),
  scale: word.optional(),
  calibratedUntil: day.optional().describe('Last day of the scale’s calibration.'),
  weighedOn: day.optional(),
})
export type WeighingInput = z.infer<typeof weighingInput>
