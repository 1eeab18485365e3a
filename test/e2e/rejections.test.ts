// needs: chromium
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import tap, { test } from 'tap'
import { listen } from '../../gateway/http/listen.ts'
import { event } from '../../gateway/store/writes.ts'
import { instant } from '../../gateway/support/clock.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'
import { fixtureEcoc } from '../support/store-fixture.ts'

tap.setTimeout(180_000)

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
  'an operator mends one cause over many vehicles, with the keyboard',
  { timeout: 150_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    mkdirSync(pictures, { recursive: true })
    const uiFolder = temporaryFolder(t, 'built-ui')
    execFileSync(process.execPath, [new URL('../../ui/build.mjs', import.meta.url).pathname, uiFolder])
    const stop = new AbortController()
    const f = await openFixture(t, { uiFolder, shutdown: stop.signal, now: new Date() })
    for (let n = 300; n < 312; n++)
      await f.store.commit(fixtureEcoc(f.store, { n, state: 'rejected', at: f.now }).writes)
    const held = f.rows.find((r) => r.state === 'held')!
    const reasons = ['Approval e4 is of Netherlands: one document of profile EU.', 'Netherlands (RDW) granted it.']
    const told = { at: instant(f.now), actor: 'gateway', type: 'ecoc.checked', subject: held.id }
    await f.store.commit([event({ ...told, detail: { stage: 'mapping', accessPoint: 'nl-example', reasons } })])
    const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, headless: true, args })
    t.teardown(async () => {
      await browser.close()
      stop.abort()
      await server.close(1000)
    })
    const open = async (hash: string, locale = 'en-GB', width = 1280): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale, reducedMotion: 'reduce' })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(`http://127.0.0.1:${server.port}/`)
      await page.getByLabel('Name').fill('operator')
      await page.getByLabel('Pass').fill(password)
      await page.keyboard.press('Enter')
      await page.locator('gw-ecoc-table').waitFor()
      await page.goto(`http://127.0.0.1:${server.port}/${hash}`)
      return page
    }

    await t.test('the cause is explained, and opens to its vehicles', async (t) => {
      const page = await open('')
      await page.getByRole('link', { name: 'Rejections' }).focus()
      await page.keyboard.press('Enter')
      await page.getByText('13 vehicles').waitFor()
      await page.getByText('TypeApprovalNumber is not known to the authority.').waitFor()
      await page.getByText('Show the vehicles').focus()
      await page.keyboard.press('Enter')
      await page.locator('.ecocs a').nth(12).waitFor()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'rejections.png'), fullPage: true })
    })

    await t.test('all are corrected after a preview', async (t) => {
      const page = await open('#/rejections')
      await page.getByRole('button', { name: 'Correct all' }).focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Would be done for 13 eCoCs').waitFor()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'bulk.png') })
      await dialog.getByLabel('Comment').fill('approval imported')
      await dialog.getByRole('button', { name: 'Correct 13' }).focus()
      await page.keyboard.press('Enter')
      await dialog.getByText('Done for 13 eCoCs').waitFor()
      t.equal((await f.store.ecocs.countByState()).rejected, undefined)
      await dialog.getByRole('button', { name: 'Close' }).click()
      await page.getByText('Nothing is rejected.').waitFor()
    })

    await t.test('an eCoC says why it goes where it goes, and is sent elsewhere before it leaves', async (t) => {
      const page = await open(`#/ecocs/${held.id}`)
      await page.getByText('Netherlands (RDW) granted it.', { exact: true }).waitFor()
      t.same(await faults(page), [])
      await page.getByText('Send it to another access point').focus()
      await page.keyboard.press('Enter')
      await page.getByLabel('Access point').waitFor()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'target.png'), fullPage: true })
      await page.getByRole('button', { name: 'Change the access point' }).focus()
      await page.keyboard.press('Enter')
      await page.locator('gw-state-chip').getByText('Received').first().waitFor()
      t.equal((await f.store.ecocs.get(held.id))?.named_access_point, 'nl-example')
    })

    await t.test('on a narrow screen, in German', async (t) => {
      const { writes } = fixtureEcoc(f.store, { n: 400, state: 'rejected', at: f.now })
      await f.store.commit(writes)
      const page = await open('#/rejections', 'de-DE', 400)
      await page.getByText('Wortlaut der Behörde').waitFor()
      await page.getByText(/Der Zugangspunkt nimmt/).waitFor()
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'rejections-400-de.png'), fullPage: true })
    })
  },
)
