import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import type { Language } from '../../../gateway/ivi/coc/coc.ts'
import { makePrintForm } from '../../../gateway/print/make-print-form.ts'
import type { PrintForm } from '../../../gateway/print/print-form.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'

export const vin = 'XEB35N2CCT0000001'

export const formOfTree = (tree: IviTree, language: Language = 'en', duplicate = false): PrintForm =>
  makePrintForm({
    tree,
    sha256: 'ab'.repeat(32),
    signature: { state: 'valid', signer: 'CN=Example Seal', signedAt: '2026-07-06T10:00:00Z' },
    language,
    duplicate,
  })

/** The sample chassis-cab: N2, incomplete. */
export const incomplete = (): IviTree => sampleBaseTree(vin)

export interface Shown {
  readonly section: string
  readonly key: string
  readonly number: string
  readonly title: string
  readonly text: string
  readonly paths: readonly string[]
}

/** Every piece of text of a form with where it stands. */
export const shownIn = (form: PrintForm): Shown[] =>
  form.sections.flatMap(({ heading, blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'note') return []
      const rows =
        block.kind === 'items'
          ? block.items.map((item) => ({
              ...item,
              texts: [...item.lines, ...item.tables.flatMap((table) => table.rows.flat())],
            }))
          : block.matrix.rows.map((row) => ({ ...row, texts: row.cells }))
      return rows.flatMap(({ key, number, title, texts }) =>
        texts.map(({ text, paths }) => ({ section: heading, key, number, title, text, paths })),
      )
    }),
  )
