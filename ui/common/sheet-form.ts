/** Fields of the data sheet form that stand by themselves, in the order of the paper certificate; names are IVI elements. */
export const sheetFields = [
  { name: 'VehicleCategory', item: '0.4', unit: '' },
  { name: 'StageOfCompletion', item: '', unit: '' },
  { name: 'Wheelbase', item: '4', unit: 'mm' },
  { name: 'MassInRunningOrderIncomplete', item: '14', unit: 'kg' },
  { name: 'MinimumMassCompleted', item: '14.1', unit: 'kg' },
  { name: 'TechnicallyPermissibleMaximumLadenMass', item: '16.1', unit: 'kg' },
  { name: 'MaximumPermissibleLength', item: '5.1', unit: 'mm' },
  { name: 'MaximumPermissibleWidth', item: '6.1', unit: 'mm' },
  { name: 'MaximumPermissibleHeight', item: '7.1', unit: 'mm' },
  { name: 'MaximumPermissibleRearOverhang', item: '12.1', unit: 'mm' },
] as const
/** Without these drift has nothing to compare with. */
export const neededFields: ReadonlySet<string> = new Set([
  'VehicleCategory',
  'StageOfCompletion',
  'Wheelbase',
  'MassInRunningOrderIncomplete',
  'TechnicallyPermissibleMaximumLadenMass',
])
export const axleFields = [
  { name: 'TechnicallyPermissibleMassAxle', item: '16.2', unit: 'kg' },
  { name: 'DistributionMassIncompleteAxle', item: '14.2', unit: 'kg' },
  { name: 'AxleSpacing', item: '4.1', unit: 'mm' },
] as const
export const mostAxles = 9

interface Typed {
  readonly approval: string
  readonly type: string
  readonly variant: string
  readonly version: string
  readonly values: Readonly<Record<string, unknown>>
  readonly vins: readonly string[]
}

/** VINs and ranges as people type or paste them: by line, comma, semicolon or blank; a range may have blanks around its dash. */
export const vinList = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .replace(/\s*[-–]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((vin) => vin !== '')

const filled = (row: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''))

/**
 * A data sheet from the fields of the form. Axle fields are called `axle.<number>.<element>`; further items stand in
 * `further`, one `Element = value` a line.
 * @returns the sheet, and lines of `further` that say nothing
 */
export const sheetFrom = (
  fields: Readonly<Record<string, string>>,
): { readonly sheet: Typed; readonly unread: readonly string[] } => {
  const text = (name: string): string => (fields[name] ?? '').trim()
  const figure = (name: string): string => text(name).replace(/^(\d+),(\d+)$/, '$1.$2')
  const values: Record<string, unknown> = filled(
    Object.fromEntries(sheetFields.map(({ name }) => [name, figure(name)])),
  )
  const maker = filled({
    ManufacturerName: text('ManufacturerName'),
    ManufacturerAddressLine1: text('ManufacturerAddressLine1'),
    ManufacturerPlaceOfResidence: text('ManufacturerPlaceOfResidence'),
    ManufacturerCountryOfResidence: text('ManufacturerCountryOfResidence'),
  })
  if (Object.keys(maker).length > 0)
    values['ManufacturerTable'] = { ManufacturerGroup: [{ ManufacturerStageNumber: '1', ...maker }] }
  const axles = Array.from({ length: mostAxles }, (_, i) => String(i + 1)).flatMap((n) => {
    const row = filled(Object.fromEntries(axleFields.map(({ name }) => [name, figure(`axle.${n}.${name}`)])))
    return Object.keys(row).length === 0 ? [] : [{ AxleNumber: n, ...row }]
  })
  if (axles.length > 0) values['AxleTable'] = { AxleGroup: axles }
  const unread: string[] = []
  for (const line of text('further').split('\n')) {
    const [, name, value] = /^\s*(\w+)\s*[=:]\s*(.+?)\s*$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) values[name] = value
    else if (line.trim() !== '') unread.push(line.trim())
  }
  return {
    sheet: {
      ...{ approval: text('approval'), type: text('type'), variant: text('variant'), version: text('version') },
      ...{ values, vins: vinList(text('vins')) },
    },
    unread,
  }
}
