import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { commandNames, findCommand } from '../../../gateway/commands/find-command.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { openFixture, bearer } from '../../support/http-fixture.ts'
import { openSandbox } from '../commands/command-fixture.ts'
import { incomplete, vin } from './print-fixture.ts'

test('ecoc print', async (t) => {
  t.ok(commandNames().includes('print'))
  t.notOk(commandNames().includes('print-form'))
  t.equal(await findCommand('print-form'), undefined)
  const { folder, run } = await openSandbox(t)
  await writeFile(join(folder, 'x.xml'), writeDocument(incomplete()))
  t.equal((await run('sign', 'x.xml', '--out', 'signed.xml')).code, 0)

  await t.test('writes HTML or PDF, as the name of the file says', async (t) => {
    t.match(await run('print', 'signed.xml', '--out', 'x.html', '--language', 'fr'), { code: 0, out: `x.html: ${vin}` })
    const html = await readFile(join(folder, 'x.html'), 'utf8')
    t.match(html, /<html lang="fr">[^]*intacte[^]*Certificat du signataire[^]*CN=/)
    t.match(await run('print', 'signed.xml', '--out', 'x.pdf', '--duplicate', '--json'), { code: 0 })
    t.match(await readFile(join(folder, 'x.pdf'), 'latin1'), /^%PDF/)
  })

  await t.test('marks what is not signed', async (t) => {
    t.match(await run('print', 'x.xml', '--out', 'u.html'), { code: 0, out: /NOT signed/ })
    t.match(await readFile(join(folder, 'u.html'), 'utf8'), /class="mark"[^>]*>NOT SIGNED/)
  })

  await t.test('prints nothing whose signature does not hold, or that is no document', async (t) => {
    const signed = await readFile(join(folder, 'signed.xml'), 'utf8')
    await writeFile(join(folder, 'changed.xml'), signed.replace('<Wheelbase>', '<Wheelbase>1'))
    t.match(await run('print', 'changed.xml', '--out', 'c.html'), { code: 1, out: /cannot be printed[^]*SIG-130/ })
    await t.rejects(readFile(join(folder, 'c.html')))
    await writeFile(join(folder, 'odd.xml'), signed.replace('</Header>', '</Header><Secret>1</Secret>'))
    t.match(await run('print', 'odd.xml', '--out', 'c.html', '--json'), { code: 1, out: /SCH-ELEMENT/ })
  })

  await t.test('names wrong arguments', async (t) => {
    t.match(await run('print', 'x.xml'), { code: 2, err: /--out/ })
    t.match(await run('print', 'x.xml', '--out', 'a', '--language', 'nl'), { code: 2, err: /en, de, fr/ })
    t.match(await run('print', 'gone.xml', '--out', 'a'), { code: 3, err: /CLI-002/ })
  })

  await t.test('GET /ecocs/{id}/coc.html and coc.pdf give the signed document in print form', async (t) => {
    const f = await openFixture(t)
    const row = f.rows.find((one) => one.signed_sha256 !== null)!
    const bytes = await readFile(join(folder, 'signed.xml'))
    await f.store.commit([f.store.contents.write(row.id, 'signed', bytes, row.updated_at)])
    const get = (path: string) => f.app.request(`/api/v1/ecocs/${row.id}/${path}`, { headers: bearer(f.tokens.viewer) })
    const html = await get('coc.html?language=de&duplicate=true')
    t.equal(html.status, 200)
    t.equal(html.headers.get('content-type'), 'text/html; charset=utf-8')
    t.match(html.headers.get('content-disposition'), /^attachment; filename="\w+-duplicate\.html"$/)
    t.match(await html.text(), /lang="de"[^]*DUPLIKAT/)
    const pdf = await get('coc.pdf')
    t.equal(pdf.headers.get('content-type'), 'application/pdf')
    t.match(Buffer.from(await pdf.arrayBuffer()).toString('latin1'), /^%PDF/)
    t.match(await (await get('coc.pdf?language=nl')).json(), { status: 400, code: 'API-001' })

    const changed = Buffer.from(bytes.toString().replace('<Wheelbase>', '<Wheelbase>1'))
    await f.store.commit([f.store.contents.write(row.id, 'signed', changed, row.updated_at)])
    t.match(await (await get('coc.html')).json(), { status: 409, code: 'PRN-002' })

    const unsigned = f.rows.find((one) => one.signed_sha256 === null)!
    const none = await f.app.request(`/api/v1/ecocs/${unsigned.id}/coc.pdf`, { headers: bearer(f.tokens.viewer) })
    t.match(await none.json(), { status: 404, code: 'API-007' })
  })
})
