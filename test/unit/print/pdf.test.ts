// slow: sets several PDFs
import { inflateSync } from 'node:zlib'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { renderPdf } from '../../../gateway/print/render-pdf.ts'
import { formOfTree, incomplete } from './print-fixture.ts'

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

/** The streams of a PDF, opened where they are deflated. */
const streams = (pdf: Buffer): string =>
  [...pdf.toString('latin1').matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)]
    .map(([, body = '']) => {
      try {
        return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
      } catch {
        return body
      }
    })
    .join('\n')

test('a PDF is the same bytes each time, tagged, titled, and of the document’s own time', async (t) => {
  const form = formOfTree(incomplete(), 'de', true)
  const [one, two] = [await renderPdf(form), await renderPdf(form)]
  t.ok(one.equals(two))
  const text = one.toString('latin1')
  t.ok(/^%PDF-1\.7/.test(text))
  t.ok(/\/Marked true/.test(text))
  t.ok(/\/StructTreeRoot/.test(text))
  t.ok(/\/Lang \(de\)/.test(text))
  t.ok(/\/DisplayDocTitle true/.test(text))
  t.ok(/<xmp:CreateDate>2026-05-04T08:15:00Z</.test(text + streams(one)))
  for (const tag of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD']) t.ok(new RegExp(`/S /${tag}\\b`).test(text), tag)
  t.ok(/\/Scope \/Row/.test(text))
  t.ok(pagesOf(one) > 1)
  t.ok(/\/Artifact <<\s*\/Type \/Pagination/.test(streams(one)))
  t.notOk((await renderPdf(formOfTree(incomplete(), 'de'))).equals(one), 'another form, other bytes')
})

test('Greek and Cyrillic are set, and a sign without a glyph is named', async (t) => {
  const tree = incomplete()
  const say = async (name: string): Promise<Buffer> => {
    const coc = tree['CocDataGroup'] as IviTree
    coc['MakeTable'] = { MakeGroup: [{ Make: name }] }
    return renderPdf(formOfTree(tree))
  }
  const [greek, cjk, named] = [await say('ΕΛΛΑΔΑ БЪЛГАРИЯ'), await say('中'), await say('[U+4E2D]')]
  t.ok(greek.length > 10_000)
  t.equal(streams(cjk).length, streams(named).length, 'drawn as its code point')
})

test('very many and very long remarks go on on further pages', async (t) => {
  const tree = incomplete()
  const short = pagesOf(await renderPdf(formOfTree(tree)))
  const coc = tree['CocDataGroup'] as IviTree
  const row = { RemarkSubjectDescription: 'RMRKS', RemarkSubjectLanguage: 'en', Remark: 'word '.repeat(400).trim() }
  coc['RemarkTable'] = { RemarkGroup: Array.from({ length: 12 }, () => ({ ...row })) }
  const long = await renderPdf(formOfTree(tree))
  t.ok(pagesOf(long) > short + 2)
  t.ok(streams(long).length > 10_000)
})
