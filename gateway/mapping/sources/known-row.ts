import { Cell, type DraftGroup, type DraftNode } from '../draft.ts'

/**
 * Starts a row: with a numbering element, from the row that is there with that number, so that it keeps what the record
 * does not say; else empty.
 */
export const startRow = (before: DraftNode | undefined, number: string | undefined, wanted: string): DraftGroup => {
  if (number === undefined) return {}
  const twin = Array.isArray(before) ? before.find((row) => numberOf(row, number) === wanted) : undefined
  return twin ? { ...twin } : { [number]: new Cell(wanted, 'rule:numbering') }
}

const numberOf = (row: DraftGroup, name: string): string | undefined => {
  const cell = row[name]
  return cell instanceof Cell ? cell.value : undefined
}
