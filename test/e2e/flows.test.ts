// needs: chromium
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import tap, { test } from 'tap'
import { listen } from '../../gateway/http/listen.ts'
import { upsert } from '../../gateway/store/writes.ts'
import { makeEcoc } from '../contract/store-rows.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'

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
const fits = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

test(
  'an admin takes a flow to going live, with the keyboard',
  { timeout: 150_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    mkdirSync(pictures, { recursive: true })
    const uiFolder = temporaryFolder(t, 'built-ui')
    execFileSync(process.execPath, [new URL('../../ui/build.mjs', import.meta.url).pathname, uiFolder])
    const stop = new AbortController()
    const f = await openFixture(t, { uiFolder, shutdown: stop.signal, now: new Date() })
    const { row, writes } = makeEcoc({ mode: 'parallel', state: 'compared', reason: '1 difference', stage: 2 })
    await f.store.commit([
      ...writes,
      upsert('compared_fields', { sha256: 'f' as never, names: '["Height","Length"]' }),
      upsert('comparison', {
        ecoc_id: row.id,
        flow: 'sage-x3',
        vin: row.vin,
        stage: 2,
        day: '2026-11-22',
        ivi_reference_id: 'r' as never,
        differences: '[{"path":"/Length","element":"Length","ours":"6800","theirs":"6900"}]',
        count: 1,
        fields_sha256: 'f' as never,
      }),
    ])
    const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, headless: true, args })
    t.teardown(async () => {
      await browser.close()
      stop.abort()
      await server.close(1000)
    })
    const open = async (look: { width?: number; dark?: boolean; locale?: string }): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: look.width ?? 1280, height: 900 },
        colorScheme: look.dark ? 'dark' : 'light',
        locale: look.locale ?? 'en-GB',
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(`http://127.0.0.1:${server.port}`)
      await page.getByLabel('Name').fill('admin')
      await page.getByLabel('Pass').fill(password)
      await page.keyboard.press('Enter')
      await page.locator('gw-ecoc-table').waitFor()
      return page
    }

    await t.test('finds the flow and its steps', async (t) => {
      const page = await open({})
      await page.getByRole('link', { name: 'Flows' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: /sage-x3/ }).waitFor()
      t.same(await faults(page), [])
      await page.getByRole('link', { name: /sage-x3/ }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Going live with nl-example' }).waitFor()
      await page.getByText('Tests go to nl-acceptance').waitFor()
      await page.getByText('(Length)').waitFor()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'flow-light.png'), fullPage: true })

      await page.getByRole('button', { name: 'Note on: Contract agreed' }).focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Owner').waitFor()
      t.same(await faults(page), [])
      await dialog.getByLabel('Done').focus()
      await page.keyboard.press('Space')
      await dialog.getByLabel('Owner').fill('Ada')
      await dialog.getByLabel('Proof').fill('contract 17')
      await page.keyboard.press('Enter')
      await page.getByRole('cell', { name: 'contract 17' }).waitFor()
      await page.getByText('✓ Done').first().waitFor()
      const noted = (await f.store.goLiveSteps.of('sage-x3'))[0]
      t.match(noted, { step: 'contract', done: 1, owner: 'Ada', proof: 'contract 17' })

      await page.getByRole('button', { name: 'Switch mode' }).click()
      await dialog.getByText('Goes to the acceptance environment').click()
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'flow-mode-light.png') })
      await dialog.getByRole('button', { name: 'Switch mode' }).click()
      await page.locator('main > p').getByText('Goes to the acceptance environment').waitFor()
      t.equal(await f.store.settings.get('mode:sage-x3'), 'test')
    })

    for (const [name, look] of Object.entries({
      'dark-900': { dark: true, width: 900 },
      'light-400-de': { width: 400, locale: 'de-DE' },
    }))
      await t.test(`looks right: ${name}`, async (t) => {
        const page = await open(look)
        await page.goto(`http://127.0.0.1:${server.port}/#/flows/sage-x3`)
        await page.getByRole('heading', { level: 1, name: 'sage-x3' }).waitFor()
        t.same(await faults(page), [])
        t.ok(await fits(page), 'nothing sticks out at the side')
        await page.screenshot({ path: join(pictures, `flow-${name}.png`), fullPage: true })
        await page.goto(`http://127.0.0.1:${server.port}/#/`)
        await page
          .getByText(look.width === 400 ? 'Parallellauf' : 'Parallel run')
          .first()
          .waitFor()
        t.ok(await fits(page))
      })
  },
)
