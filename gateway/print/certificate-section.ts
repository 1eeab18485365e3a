import type { Language } from '../ivi/coc/coc.ts'
import { layBlocks, type Entry } from './lay-blocks.ts'
import type { PrintSection } from './print-form.ts'
import { textsIn } from './texts.ts'

/** What is known of the document's signature. `valid`: it holds, whoever made it. */
export interface SignatureFacts {
  readonly state: 'none' | 'valid'
  /** Subject of the signer's certificate. */
  readonly signer?: string | undefined
  /** As the signer claims. */
  readonly signedAt?: string | undefined
}

/** The last section: which electronic document this is a print of, and who signed that. */
export const certificateSection = (
  header: readonly Entry[],
  about: {
    readonly sha256: string
    readonly signature: SignatureFacts
    readonly language: Language
    readonly note: string | undefined
    /** The base vehicle's data came from a data sheet. */
    readonly baseSheet?: boolean | undefined
  },
): PrintSection => {
  const { sha256, signature, language, note, baseSheet } = about
  const text = textsIn(language)
  const facts = [
    [text('sha256'), sha256],
    [text('signature'), text(`signature.${signature.state}`)],
    [text('signature.signer'), signature.signer],
    [text('signature.at'), signature.signedAt],
  ]
  const rows = facts.flatMap(([title, value]) =>
    title === undefined || value === undefined
      ? []
      : [{ key: '', number: '', title, lines: [{ text: value, paths: [] }], tables: [] }],
  )
  const items = layBlocks(header, language).flatMap((block) => (block.kind === 'items' ? block.items : []))
  return {
    heading: text('section.ecoc'),
    blocks: [
      { kind: 'items', items: [...items, ...rows] },
      ...(note === undefined ? [] : [{ kind: 'note' as const, text: note }]),
      ...(baseSheet === true ? [{ kind: 'note' as const, text: text('base.sheet') }] : []),
      { kind: 'note', text: text('replaces') },
    ],
  }
}
