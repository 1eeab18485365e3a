import type { Dice } from './dice.ts'
import type { Vehicle } from './vehicle.ts'

/** What the topics of a document are planned from. */
export interface Scene {
  readonly vehicle: Vehicle
  readonly dice: Dice
  /** Whether the form of the category and stage may have the element. */
  readonly onForm: (element: string) => boolean
  /** The value, or, as often as the document shall lack what it may lack, nothing. */
  readonly maybe: <T>(value: T) => T | undefined
}
