// needs: chromium
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import tap, { test } from 'tap'
import type { Vin } from '../../gateway/contract/index.ts'
import { listen } from '../../gateway/http/listen.ts'
import { insert, update } from '../../gateway/store/writes.ts'
import { instant } from '../../gateway/support/clock.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'
import { signOffRequest, variantKey } from '../support/sign-off-sample.ts'

tap.setTimeout(240_000)

const executablePath = '/usr/bin/chromium'
const pictures = new URL('../.tmp/screenshots/', import.meta.url).pathname
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const faults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
}
const fits = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

/** What can be touched within the panel and is lower than 44 px. */
const tooSmall = async (page: Page, panel: string): Promise<string[]> => {
  const found = await page.locator(`${panel} :is(button, a.button, a.item, input, select, summary):visible`).all()
  const heights = await Promise.all(
    found.map(async (one) => ({ text: await one.innerText(), height: (await one.boundingBox())?.height ?? 44 })),
  )
  // A button to copy a hash stands in the text (WCAG 2.5.5, inline).
  return heights.filter((h) => h.height < 43.5 && h.text !== '').map((h) => `${h.text} ${h.height}`)
}

test(
  'quality signs off at the weighbridge',
  { timeout: 200_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    mkdirSync(pictures, { recursive: true })
    const uiFolder = temporaryFolder(t, 'built-ui')
    execFileSync(process.execPath, [new URL('../../ui/build.mjs', import.meta.url).pathname, uiFolder])
    const stop = new AbortController()
    const f = await openFixture(t, { uiFolder, shutdown: stop.signal, now: new Date() })
    const row = f.rows.find((r) => r.state === 'awaiting_signoff')!
    const { findings, request } = signOffRequest
    const shown = {
      shown_sha256: sha256('shown'),
      findings: JSON.stringify(findings),
      request: JSON.stringify(request),
    }
    await f.store.commit([
      update('sign_off', { ecoc_id: row.id }, shown),
      ...Array.from({ length: 40 }, (_, n) =>
        insert('drift_value', {
          ...{ vin: `XEB35N2CCT0${String(200_000 + n)}` as Vin, stage: 2, field: 'MassInRunningOrder' },
          ...{ variant: variantKey, deviation: n < 30 ? 0.4 + (n % 5) * 0.2 : 2.6 + (n % 3) * 0.3, ecoc_id: row.id },
          at: instant(new Date(f.now.getTime() - (40 - n) * 3_600_000)),
        }),
      ),
    ])
    const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, headless: true, args })
    t.teardown(async () => {
      await browser.close()
      stop.abort()
      await server.close(1000)
    })
    const complaints: string[] = []
    const open = async (hash: string, look: { who?: string; locale?: string; width?: number; dark?: boolean } = {}) => {
      const context = await browser.newContext({
        ...{ viewport: { width: look.width ?? 1024, height: 768 }, hasTouch: true, reducedMotion: 'reduce' },
        ...{ locale: look.locale ?? 'en-GB', colorScheme: look.dark ? 'dark' : 'light' },
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(`http://127.0.0.1:${server.port}/`)
      await page.getByLabel('Name').fill(look.who ?? 'quality')
      await page.getByLabel('Pass').fill(password)
      await page.keyboard.press('Enter')
      await page.locator('gw-ecoc-table').waitFor()
      await page.goto(`http://127.0.0.1:${server.port}/${hash}`)
      return page
    }

    await t.test('the queue says what waits, and which variant has shifted', async (t) => {
      const page = await open('#/sign-offs')
      const item = page.getByRole('link', { name: new RegExp(row.vin.slice(-6)) })
      await item.waitFor()
      await page.getByText(/Mean shifted by/).waitFor()
      t.same(await faults(page), [])
      t.same(await tooSmall(page, 'gw-sign-offs'), [])
      t.ok(await fits(page))
      await page.screenshot({ path: join(pictures, 'sign-offs-1024.png'), fullPage: true })
      await item.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: /Sign-off/ }).waitFor()
      t.match(page.url(), `#/ecocs/${row.id}/sign-off`)
    })

    await t.test('a paper is attached, and the whole is looked at', async (t) => {
      const page = await open(`#/ecocs/${row.id}/sign-off`)
      await page.getByRole('img', { name: /Axle 1: 2,840 \/ 3,100 kg/ }).waitFor()
      await page.getByRole('img', { name: /40 vehicles/ }).waitFor()
      await page
        .locator('gw-attachments input[type=file]')
        .setInputFiles({ name: 'ticket.png', mimeType: 'image/png', buffer: png })
      await page.getByRole('link', { name: 'ticket.png' }).waitFor()
      await page
        .locator('gw-attachments input[type=file]')
        .setInputFiles({ name: 'ticket.txt', mimeType: 'text/plain', buffer: Buffer.from('text') })
      await page.locator('gw-attachments').getByRole('alert').waitFor()
      t.same(await faults(page), [])
      t.same(await tooSmall(page, 'gw-sign-off'), [])
      t.ok(await fits(page))
      await page.screenshot({ path: join(pictures, 'sign-off-1024.png'), fullPage: true })
    })

    await t.test('it is approved with the keyboard alone, and only with the password', async (t) => {
      const page = await open(`#/ecocs/${row.id}`)
      await page.getByRole('button', { name: 'Review and decide' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: /Sign-off/ }).waitFor()
      const approve = page.getByRole('button', { name: 'Approve and sign' }).first()
      await approve.focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Comment').waitFor()
      await page.screenshot({ path: join(pictures, 'sign-off-dialog-1024.png') })
      t.same(await faults(page), [])
      t.same(await tooSmall(page, 'gw-sign-off-dialog'), [])
      const confirm = dialog.getByRole('button', { name: 'Approve and sign' })
      await confirm.press('Enter')
      await dialog.getByText('Say why').waitFor()
      await page.keyboard.type('Weighed twice; the crane is heavier than planned.')
      await page.keyboard.press('Tab')
      await page.keyboard.type('not this one')
      await page.keyboard.press('Enter')
      t.notOk(
        f.asked.some(([verb]) => verb === 'signOff'),
        'Enter in a field decides nothing',
      )
      await confirm.press('Enter')
      await dialog.getByRole('alert').getByText('API-062').waitFor()
      t.notOk(f.asked.some(([verb]) => verb === 'signOff'))
      await dialog.getByLabel('Password').fill(password)
      await confirm.press('Enter')
      await page.getByText('Approved by quality').first().waitFor()
      t.match(f.asked.at(-1), [
        'signOff',
        row.id,
        {
          ...{ decision: 'approve', comment: 'Weighed twice; the crane is heavier than planned.' },
          ...{ documentSha256: row.document_sha256, shownSha256: shown.shown_sha256 },
        },
      ])
      t.equal(await page.getByRole('button', { name: 'Approve and sign' }).count(), 0)
    })

    await t.test('somebody else may decide for a while', async (t) => {
      const page = await open('#/sign-offs')
      await page.getByRole('button', { name: 'Let somebody decide for me' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name of the person').fill('operator')
      await dialog.getByLabel('Until').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
      await dialog.getByLabel('Why').fill('Holidays')
      await dialog.getByLabel('Password').fill(password)
      t.same(await faults(page), [])
      await dialog.getByRole('button', { name: 'Delegate' }).click()
      await page.getByText('operator decides for quality').waitFor()
      await page.getByRole('button', { name: 'End' }).click()
      await page.getByText('operator decides for quality').waitFor({ state: 'detached' })
    })

    await t.test('a weighing is recorded at the scale', async (t) => {
      const page = await open('#/sign-offs', { who: 'operator' })
      await page.getByRole('button', { name: 'Record a weighing' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('VIN').fill(row.vin.toLowerCase())
      await dialog.getByLabel('Gross mass').fill('5811,5')
      await dialog.getByLabel('Ticket').fill('W-1207')
      t.same(await faults(page), [])
      await page.screenshot({ path: join(pictures, 'weighing-1024.png') })
      await dialog.getByRole('button', { name: 'Save the weighing' }).click()
      await dialog.waitFor({ state: 'hidden' })
      t.match(JSON.parse((await f.store.weighings.of(row.vin))[0]!.data), { grossMass: '5811.5', ticket: 'W-1207' })
    })

    for (const [name, look] of Object.entries({
      'dark-1024': { dark: true },
      'light-400-de': { width: 400, locale: 'de-DE' },
    }))
      await t.test(`looks right: ${name}`, async (t) => {
        for (const [what, hash] of [
          ['sign-offs', '#/sign-offs?state=decided'],
          ['sign-off', `#/ecocs/${row.id}/sign-off`],
        ] as const) {
          const page = await open(hash, { ...look, who: 'viewer' })
          await page.locator(`gw-${what} h1`).waitFor()
          await page.getByText(row.vin.slice(-6)).first().waitFor()
          t.same(await faults(page), [])
          t.ok(await fits(page), 'nothing sticks out at the side')
          await page.screenshot({ path: join(pictures, `${what}-${name}.png`), fullPage: true })
          await page.context().close()
        }
      })
    t.same(complaints, [])
  },
)
