import type { InputField } from '../../contract/input-layout.ts'
import type { Elements } from '../elements.ts'
import type { CodeTable } from './functions.ts'

/** What the expressions of one mapper may name. */
export interface Scope {
  /** Elements of the release that the mapper is compiled for. */
  readonly elements: Elements
  /** Declared fields of the record, `config.NAME` for a configured characteristic. */
  readonly fields: ReadonlyMap<string, InputField>
  readonly decimalMark: ',' | '.'
  readonly tables: ReadonlyMap<string, CodeTable>
  readonly constants: ReadonlySet<string>
  /** Look-up → the columns it gives. */
  readonly lookups: ReadonlyMap<string, ReadonlySet<string>>
}

/** Where an expression stands decides what it may read. */
export type Place = 'target' | 'constant' | 'key'

/** Variables by place: a constant reads no document, the key of a look-up no look-up. */
export const variablesOf: Readonly<Record<Place, readonly string[]>> = {
  target: ['record', 'item', 'config', 'approval', 'base', 'lookup', 'constants', 'settings', 'out'],
  constant: ['record', 'config', 'approval', 'base', 'lookup', 'constants', 'settings'],
  key: ['record', 'config', 'constants'],
}

/** The characteristics of a configured vehicle, as a field beside the record's own. */
export const configField = 'config'
