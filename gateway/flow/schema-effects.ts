import { elementsOfRule } from '../checks/rule-elements.ts'
import type { Rule } from '../checks/rule.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import type { CatalogueDiff } from '../ivi/diff-catalogues.ts'
import { newlyRequired, touchedPaths } from '../ivi/touched-elements.ts'
import type { Mapper } from '../mapping/load-mapper.ts'

/** What somebody has to look at because of a new release. */
export interface SchemaEffects {
  readonly mappers: readonly {
    readonly name: string
    readonly version: string
    /** Paths it writes that differ. */
    readonly elements: readonly string[]
    /** Paths of new elements that its documents must have, and that it does not write. */
    readonly required: readonly string[]
  }[]
  readonly rules: readonly { readonly code: string; readonly elements: readonly string[] }[]
}

/** The mappers and content rules whose elements a release touches. */
export const schemaEffects = (
  diff: CatalogueDiff,
  older: Catalogue,
  newer: Catalogue,
  mappers: Iterable<Mapper>,
  rules: readonly Rule[],
): SchemaEffects => {
  const isElement = (name: string): boolean => older.elements.has(name) || newer.elements.has(name)
  const ofMapper = ({ name, version, targets }: Mapper) => {
    const names = new Set(targets)
    const required = newlyRequired(names, diff, newer).filter(
      (path) => !names.has(path.slice(path.lastIndexOf('/') + 1)),
    )
    return { name, version, elements: touchedPaths(names, diff, { inside: true }), required }
  }
  return {
    mappers: [...mappers].map(ofMapper).filter((m) => m.elements.length + m.required.length > 0),
    rules: rules
      .map((rule) => {
        const elements = touchedPaths(elementsOfRule(rule, isElement), diff, { inside: false })
        return { code: rule.code, elements }
      })
      .filter((rule) => rule.elements.length > 0),
  }
}
