// needs: chromium
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import tap, { test } from 'tap'
import { listen } from '../../gateway/http/listen.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'

tap.setTimeout(240_000)

const executablePath = '/usr/bin/chromium'
const pictures = new URL('../.tmp/screenshots/', import.meta.url).pathname
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const faults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
}

test(
  'the office looks after base eCoCs',
  { timeout: 200_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    mkdirSync(pictures, { recursive: true })
    const uiFolder = temporaryFolder(t, 'built-ui')
    execFileSync(process.execPath, [new URL('../../ui/build.mjs', import.meta.url).pathname, uiFolder])
    const stop = new AbortController()
    const f = await openFixture(t, { uiFolder, shutdown: stop.signal, now: new Date() })
    const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, headless: true, args })
    t.teardown(async () => {
      await browser.close()
      stop.abort()
      await server.close(1000)
    })
    const open = async (hash: string, who = 'operator'): Promise<Page> => {
      const context = await browser.newContext({
        ...{ viewport: { width: 1024, height: 768 }, hasTouch: true, reducedMotion: 'reduce', locale: 'en-GB' },
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(`http://127.0.0.1:${server.port}/`)
      await page.getByLabel('Name').fill(who)
      await page.getByLabel('Pass').fill(password)
      await page.keyboard.press('Enter')
      await page.locator('gw-ecoc-table').waitFor()
      await page.goto(`http://127.0.0.1:${server.port}/${hash}`)
      return page
    }

    await t.test('announces vehicles, and brings what is no base eCoC', async (t) => {
      const page = await open('#/bases')
      await page.getByLabel('VINs that arrived').fill('XEX12345678900001')
      await page.getByRole('button', { name: 'Announce' }).press('Enter')
      await page.getByText('Announced: 1').waitFor()
      await page.getByRole('link', { name: 'XEX12345678900001' }).waitFor()
      // The verdict on a document is the base room's; here it is how its answer is shown.
      const finding = { code: 'BAS-001', layer: 'base', severity: 'error', path: '/', message: 'It is no base eCoC.' }
      const verdict = { ok: false, vin: null, origin: 'upload', sha256: null, outcome: null, differences: [] }
      await page.route('**/api/v1/bases', (route) =>
        route.fulfill({ status: 422, json: { ...verdict, findings: [finding], failures: [] } }),
      )
      await page
        .locator('gw-bases input[type=file]')
        .setInputFiles({ name: 'x.xml', mimeType: 'application/xml', buffer: Buffer.from('<x/>') })
      await page.getByText('not taken').waitFor()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'bases-1024.png'), fullPage: true })
      await page.getByRole('link', { name: 'XEX12345678900001' }).press('Enter')
      await page.getByText('No base eCoC is kept').waitFor()
      t.same(await faults(page), [])
    })

    await t.test('enters a data sheet, which another person confirms', async (t) => {
      const page = await open('#/base-sheets/new')
      const fill = (label: string, text: string, nth = 0): Promise<void> =>
        page.locator('gw-sheet-form').getByLabel(label).nth(nth).fill(text)
      await fill('Type-approval', 'e4*2018/858*99001*00')
      for (const [label, text] of Object.entries({ Type: 'EXC5', Variant: 'CC50D', Version: 'D3750' }))
        await page.locator('gw-sheet-form').getByLabel(`${label} *`, { exact: true }).fill(text)
      await fill('Manufacturer', 'Example Chassis')
      await fill('Category', 'N2')
      await fill('Stage of completion', 'I')
      await fill('Wheelbase', '3750')
      await fill('Mass in running order', '2150')
      await fill('Maximum laden mass', '5000')
      await fill('Permissible length', '7400')
      await page.locator('[id="axle.1.TechnicallyPermissibleMassAxle"]').fill('2100')
      await page.locator('[id="axle.2.TechnicallyPermissibleMassAxle"]').fill('3500')
      await page.getByLabel('Vehicles').fill('XEX12345678900001 - XEX12345678900009')
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'sheet-form-1024.png'), fullPage: true })
      await page.getByRole('button', { name: 'Enter the data sheet' }).press('Enter')
      await page.getByRole('heading', { level: 1, name: 'CC50D · D3750' }).waitFor()
      await page
        .locator('gw-base-sheet input[type=file]')
        .setInputFiles({ name: 'coc.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') })
      await page.getByRole('link', { name: 'coc.pdf' }).waitFor()
      t.equal(await page.getByRole('button', { name: 'Confirm' }).count(), 0, 'not by an operator')
      const sheet = new URL(page.url()).hash

      const other = await open(sheet, 'approver')
      await other.getByRole('button', { name: 'Confirm' }).waitFor()
      t.same(await faults(other), [])
      await other.screenshot({ path: join(pictures, 'sheet-1024.png'), fullPage: true })
      await other.getByRole('button', { name: 'Confirm' }).press('Enter')
      await other.getByText('Decided by approver').waitFor()
      t.match((await f.store.bases.sheets(1))[0], {
        state: 'confirmed',
        entered_by: 'operator',
        decided_by: 'approver',
      })
    })

    await t.test('sees what the sheet leaves to the body', async (t) => {
      const page = await open('#/bases/XEX12345678900001')
      await page.getByRole('row', { name: /Mass kg 16\.1 2150 – 5000 2850/ }).waitFor()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'base-1024.png'), fullPage: true })
    })
  },
)
