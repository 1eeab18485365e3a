import { append } from './append.ts'
import { approval } from './approval.ts'
import { base } from './base.ts'
import { constant } from './constant.ts'
import { distribute } from './distribute.ts'
import { each } from './each.ts'
import { expr } from './expr.ts'
import { field } from './field.ts'
import { first } from './first.ts'
import { lookup } from './lookup.ts'
import { numbered } from './numbered.ts'
import { rows } from './rows.ts'
import { setting } from './setting.ts'
import type { SourceKind } from './source.ts'
import { spacing } from './spacing.ts'

/** Every kind of value source, by the key that declares it. A new kind is a new file and a word here. */
export const sourceKinds: ReadonlyMap<string, SourceKind> = new Map(
  [
    append,
    approval,
    base,
    constant,
    distribute,
    each,
    expr,
    field,
    first,
    lookup,
    numbered,
    rows,
    setting,
    spacing,
  ].map((kind) => [kind.key, kind]),
)
