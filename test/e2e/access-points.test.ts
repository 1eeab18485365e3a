// needs: chromium
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import tap, { test } from 'tap'
import { listen } from '../../gateway/http/listen.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'

tap.setTimeout(180_000)

const executablePath = '/usr/bin/chromium'
const pictures = new URL('../.tmp/screenshots/', import.meta.url).pathname
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

test(
  'an operator holds an access point back and lets it go on, with the keyboard',
  { timeout: 150_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
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
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(`http://127.0.0.1:${server.port}/`)
    await page.getByLabel('Name').fill('operator')
    await page.getByLabel('Pass').fill(password)
    await page.keyboard.press('Enter')
    await page.locator('gw-ecoc-table').waitFor()
    await page.getByRole('link', { name: 'Zugangspunkte' }).focus()
    await page.keyboard.press('Enter')

    const card = page.getByRole('region', { name: 'nl-example' })
    await card.getByText('erreichbar', { exact: true }).waitFor()
    await card.getByLabel('Warum').focus()
    await page.keyboard.type('neues Release')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await card.getByText('angehalten', { exact: true }).waitFor()
    t.match(await f.store.deliveries.pause('nl-example'), { reason: 'neues Release', paused_by: 'operator' })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    t.same(
      violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`)),
      [],
    )
    await page.screenshot({ path: join(pictures, 'access-points.png') })
    await card.getByRole('button', { name: 'Fortsetzen' }).focus()
    await page.keyboard.press('Enter')
    await card.getByText('erreichbar', { exact: true }).waitFor()
    t.equal(await f.store.deliveries.pause('nl-example'), undefined)
  },
)
