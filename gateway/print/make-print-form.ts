import type { IviTree } from '../contract/ivi-tree.ts'
import type { Catalogue, IviElement } from '../ivi/catalogue.ts'
import { formOf, type Language, regulationOf, type Stage } from '../ivi/coc/coc.ts'
import { valueAt } from '../ivi/get-value.ts'
import { chooseLeaves } from './choose-rows.ts'
import { declarationOf, vehicleName } from './declaration.ts'
import { certificateSection, type SignatureFacts } from './certificate-section.ts'
import { furtherItems } from './further-items.ts'
import { layBlocks, type Entry } from './lay-blocks.ts'
import type { PrintForm, PrintSection } from './print-form.ts'
import { headingOf } from './section-of.ts'
import { type TextOf, textsIn } from './texts.ts'
import { type PlacedLeaf, walkLeaves } from './walk-leaves.ts'

export interface PrintInput {
  readonly tree: IviTree
  /** Of the document's release; that of IVI 2.0 when not given. */
  readonly catalogue?: Catalogue
  /** Of the document's bytes. */
  readonly sha256: string
  readonly signature: SignatureFacts
  readonly language: Language
  /** For an owner, 2018/858 Art 36(3): the word stands visibly on it. */
  readonly duplicate: boolean
  /** No eCoC of the base vehicle could be had: a data sheet stood in for it. */
  readonly baseSheet?: boolean | undefined
}

const stageOf = (tree: IviTree): Stage => {
  const stage = valueAt(tree, 'StageOfCompletion')
  return stage === 'I' || stage === 'V' ? stage : 'C'
}

const rowCounts = (leaves: readonly PlacedLeaf[]): Map<IviElement, number> => {
  const paths = new Map<IviElement, Set<string>>()
  for (const { group, path } of leaves.flatMap((leaf) => leaf.rows))
    paths.set(group, (paths.get(group) ?? new Set()).add(path))
  return new Map([...paths].map(([group, found]) => [group, found.size]))
}

/** `Regulation (EU) 2018/858 · N2`; the older acts are numbered the other way round. */
const modelOf = (category: string, text: TextOf): string => {
  const act = regulationOf(category)
  const name = act && (act.startsWith('2018/') ? act : `${text('act.number')} ${act}`)
  return [name && `${text('act')} ${name}`, category].filter(Boolean).join(' · ')
}

const inSections = (entries: readonly (Entry & { readonly heading: string })[], language: Language): PrintSection[] => {
  const sections: { heading: string; entries: Entry[] }[] = []
  for (const entry of entries) {
    const last = sections.at(-1)
    if (last?.heading === entry.heading) last.entries.push(entry)
    else sections.push({ heading: entry.heading, entries: [entry] })
  }
  return sections.map(({ heading, entries: own }) => ({ heading, blocks: layBlocks(own, language) }))
}

/**
 * Lays a document out as the certificate that a human reads: by the items of the form of its category and stage, then the
 * data that no item carries, then the facts of the electronic certificate. Every leaf of the document stands in it, each
 * under its items. Pure: the same input makes the same form.
 * @param input `tree` as it was read; what it lacks is left out, so a document that is not valid can be looked at too
 */
export const makePrintForm = (input: PrintInput): PrintForm => {
  const { tree, catalogue, sha256, signature, language, duplicate, baseSheet } = input
  const text = textsIn(language)
  const category = valueAt(tree, 'VehicleCategory') ?? ''
  const stage = stageOf(tree)
  const leaves = walkLeaves(tree, catalogue)
  const count = rowCounts(leaves)
  const chosen = chooseLeaves(formOf(category, stage), leaves).filter((one) => one.leaves.length > 0)
  const entries = chosen.map(({ item, leaves: own, named }) => {
    const ownCount = rowCounts(own)
    const tells = (group: IviElement): boolean => (named.has(group) ? ownCount : count).get(group) !== 1
    const heading = headingOf(item, language) ?? text('section.vehicle')
    return { heading, key: item.key, number: item.number, title: item.title[language], item, leaves: own, tells }
  })
  const placed = new Set(chosen.flatMap((one) => one.leaves))
  const rest = leaves.filter((leaf) => !placed.has(leaf))
  const isHeader = (leaf: PlacedLeaf): boolean => leaf.element.parent?.name === 'Header'
  const further = furtherItems(
    rest.filter((leaf) => !isHeader(leaf)),
    language,
    (group) => count.get(group) !== 1,
  )
  const reference = valueAt(tree, 'IviReferenceId') ?? ''
  return {
    language,
    title: text('title'),
    subtitle: text(`for.${stage}`),
    model: modelOf(category, text),
    vehicle: vehicleName(tree),
    vin: valueAt(tree, 'VehicleIdentificationNumber') ?? '',
    declaration: declarationOf(tree, stage, text),
    mark: signature.state === 'none' ? text('unsigned') : duplicate ? text('duplicate') : undefined,
    sections: [
      ...inSections(entries, language),
      ...(further.length === 0
        ? []
        : [
            {
              heading: text('section.further'),
              blocks: [{ kind: 'note' as const, text: text('further.note') }, ...layBlocks(further, language)],
            },
          ]),
      certificateSection(
        furtherItems(rest.filter(isHeader), language, () => false),
        {
          sha256,
          signature,
          language,
          baseSheet,
          note: duplicate
            ? text(category && regulationOf(category) === '2018/858' ? 'duplicate.note' : 'duplicate.note.other')
            : undefined,
        },
      ),
    ],
    foot: `eCoC ${reference} · ${text('version')} ${valueAt(tree, 'IviVersionNumber') ?? '–'} · ${text('foot')}`,
    pageOf: text('page'),
    words: { item: text('word.item'), designation: text('word.designation'), value: text('word.value') },
    made: valueAt(tree, 'IviVersionDateTime') ?? '',
  }
}
