import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import tap, { test, type Test } from 'tap'
import { listen } from '../../gateway/http/listen.ts'
import { update } from '../../gateway/store/writes.ts'
import { instant } from '../../gateway/support/clock.ts'
import { openFixture, password, temporaryFolder, type Fixture } from '../support/http-fixture.ts'
import { fixtureEcoc } from '../support/store-fixture.ts'

// A browser on a busy machine is slower than a unit test.
tap.setTimeout(240_000)

const executablePath = '/usr/bin/chromium'
const pictures = new URL('../.tmp/screenshots/', import.meta.url).pathname
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
}

interface Scene {
  readonly page: Page
  readonly base: string
  /** What the browser complained of: a script that threw, or something the content policy kept out. */
  readonly complaints: readonly string[]
}

const openPage = async (
  browser: Browser,
  base: string,
  look: { dark?: boolean; width?: number; locale?: string } = {},
): Promise<Scene> => {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1440, height: 900 },
    colorScheme: look.dark ? 'dark' : 'light',
    locale: look.locale ?? 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // Asking who is logged in is answered with 401 when nobody is: the browser notes that.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
  })
  await page.goto(base)
  return { page, base, complaints }
}

const logIn = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Pass').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('gw-ecoc-table').waitFor()
}

const fits = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

const shoot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: false })

const start = async (t: Test): Promise<{ f: Fixture; browser: Browser; base: string }> => {
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
  return { f, browser, base: `http://127.0.0.1:${server.port}` }
}

test(
  'a person of quality at work',
  { timeout: 120_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    const { f, browser, base } = await start(t)
    const { page, complaints } = await openPage(browser, base)

    await t.test('is let in only with the right password', async (t) => {
      await page.getByLabel('Name').fill('quality')
      await page.getByLabel('Password').fill('not this one')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('Name or password is not right.').waitFor()
      t.same(await findings(page), [])
      await shoot(page, 'login')
      await logIn(page, 'quality')
      t.ok(await page.getByText('quality', { exact: true }).isVisible())
    })

    await t.test('sees what waits for somebody, newest first', async (t) => {
      t.equal(await page.getByRole('heading', { level: 1 }).textContent(), '6 eCoCs wait for a person')
      t.equal(await page.locator('tbody tr').count(), 50)
      await page.locator('tbody tr').first().getByText('Received').waitFor()
      t.same(await findings(page), [])
      await shoot(page, 'overview-light-1440')
      for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key)
      t.equal(await page.evaluate(() => document.activeElement?.tagName), 'GW-APP')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: f.rows.at(-2)!.vin }).waitFor()
      await page.getByRole('link', { name: 'All eCoCs' }).click()
      await page.locator('tbody tr').nth(49).waitFor()
      await page.getByRole('button', { name: 'Show more' }).click()
      await page
        .locator('tbody tr')
        .nth(f.rows.length - 1)
        .waitFor()
      t.equal(await page.locator('tbody tr').count(), f.rows.length)
    })

    await t.test('sees a new vehicle and a change without reloading', async (t) => {
      await page.evaluate(() => scrollTo(0, 0))
      const { row, writes } = fixtureEcoc(f.store, { n: 900, state: 'received', at: new Date() })
      await f.store.commit(writes)
      const first = page.locator('tbody tr').first()
      await first.getByRole('link', { name: row.vin }).waitFor()
      await f.store.commit([
        update(
          'ecoc',
          { id: row.id },
          { state: 'accepted', receipt_reference: 'NAP-2026-000900', updated_at: instant(new Date()) },
        ),
      ])
      await first.getByText('Accepted').waitFor()
      await first.getByText('NAP-2026-000900').waitFor()
      t.equal(await page.locator('tbody tr').count(), f.rows.length + 1)
    })

    await t.test('is not pushed away from what is being read', async (t) => {
      await page.mouse.wheel(0, 700)
      await page.waitForFunction(() => scrollY > 300)
      const before = await page.evaluate(() => scrollY)
      await f.store.commit(fixtureEcoc(f.store, { n: 901, state: 'received', at: new Date() }).writes)
      const pill = page.getByRole('button', { name: '1 new' })
      await pill.waitFor()
      t.equal(await page.evaluate(() => scrollY), before)
      await shoot(page, 'overview-new-rows')
      await pill.click()
      await page.locator('tbody tr').first().getByText('100901').waitFor()
      t.equal(await page.evaluate(() => scrollY), 0)
    })

    await t.test('filters by state, and finds a VIN with the keyboard alone', async (t) => {
      await page.getByRole('button', { name: /Held/ }).click()
      await page.waitForFunction(() => location.hash.includes('state=held'))
      await page.locator('tbody tr').nth(2).waitFor({ state: 'detached' })
      t.equal(await page.locator('tbody tr').count(), 2)
      await page.getByRole('button', { name: /All/ }).click()
      const wanted = f.rows.find((r) => r.state === 'rejected')!
      await page.keyboard.press('/')
      await page.keyboard.type(wanted.vin.slice(-6).toLowerCase())
      await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' })
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: wanted.vin }).waitFor()
      t.match(page.url(), `#/ecocs/${wanted.id}`)
      await page.getByText('TypeApprovalNumber is not known to the authority.').first().waitFor()
      t.same(await findings(page), [])
      await shoot(page, 'detail-rejected')
    })

    await t.test('signs off what drifted, for exactly the document that was shown', async (t) => {
      const row = f.rows.find((r) => r.state === 'awaiting_signoff')!
      await page.goto(`${base}/#/ecocs/${row.id}`)
      await page.getByRole('heading', { level: 1, name: row.vin }).waitFor()
      await shoot(page, 'detail-light-1440')
      await page
        .locator('gw-stage')
        .filter({ has: page.getByRole('heading', { name: 'Mapping' }) })
        .locator('summary')
        .click()
      await page.getByLabel('Filter elements').fill('axlespacing')
      await page.getByText('record:WHEELBASE').waitFor()
      t.same(await findings(page), [])

      await page.getByRole('button', { name: 'Review and decide' }).click()
      await page.getByRole('heading', { level: 1, name: /Sign-off/ }).waitFor()
      await page.getByRole('button', { name: 'Approve and sign' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('What is decided on').click()
      await dialog.getByText(row.document_sha256!).waitFor()
      t.same(await findings(page), [])
      await shoot(page, 'sign-off-light')
      await dialog.getByRole('button', { name: 'Approve' }).click()
      await dialog.getByText('Say why').waitFor()
      t.notOk(
        f.asked.some(([verb]) => verb === 'signOff'),
        'not without a reason',
      )
      await dialog.getByLabel('Comment').fill('Weighed twice; the crane is heavier than planned.')
      await dialog.getByLabel('Password').fill(password)
      await dialog.getByRole('button', { name: 'Approve' }).click()
      await page.getByText('Approved by quality').first().waitFor()
      t.strictSame(f.asked.at(-1), [
        'signOff',
        row.id,
        {
          decision: 'approve',
          comment: 'Weighed twice; the crane is heavier than planned.',
          documentSha256: row.document_sha256,
        },
        'quality',
      ])
    })

    await t.test('logs out', async (t) => {
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByLabel('Password').waitFor()
      t.equal(await page.evaluate(async () => (await fetch('/api/v1/summary')).status), 401)
    })

    t.same(complaints, [], 'the browser has nothing to complain of')
  },
)

test(
  'looks right everywhere',
  { timeout: 120_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    const { f, browser, base } = await start(t)
    const waiting = f.rows.find((r) => r.state === 'awaiting_signoff')!
    const accepted = f.rows.findLast((r) => r.state === 'accepted')!
    for (const [name, look] of Object.entries({
      'dark-1440': { dark: true },
      'light-900': { width: 900 },
      'dark-900': { dark: true, width: 900 },
      'light-400-de': { width: 400, locale: 'de-DE' },
    }))
      await t.test(name, async (t) => {
        const { page, complaints } = await openPage(browser, base, look)
        await logIn(page, 'approver')
        t.same(await findings(page), [])
        t.ok(await fits(page), 'nothing sticks out at the side')
        await shoot(page, `overview-${name}`)
        for (const [what, row] of [
          ['waiting', waiting],
          ['accepted', accepted],
        ] as const) {
          await page.goto(`${base}/#/ecocs/${row.id}`)
          await page.getByRole('heading', { level: 1, name: row.vin }).waitFor()
          t.same(await findings(page), [])
          t.ok(await fits(page), 'nothing sticks out at the side')
          await page.screenshot({ path: join(pictures, `detail-${what}-${name}.png`), fullPage: true })
        }
        t.same(complaints, [])
        await page.context().close()
      })

    await t.test('an empty list says what to do', async (t) => {
      const { page } = await openPage(browser, base)
      await page.route('**/api/v1/ecocs?*', (route) => route.fulfill({ json: { items: [], next: null } }))
      await page.route('**/api/v1/summary', (route) =>
        route.fulfill({ json: { version: '0', sandbox: true, total: 0, counts: {}, mappers: [], issues: [] } }),
      )
      await page.getByLabel('Name').fill('viewer')
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await page.getByText('/data/inbox/sage-x3').waitFor()
      t.same(await findings(page), [])
      await shoot(page, 'empty')
    })
  },
)
