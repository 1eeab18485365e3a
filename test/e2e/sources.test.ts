// needs: chromium
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import tap, { test } from 'tap'
import { findConnectors } from '../../gateway/config/find-connectors.ts'
import { schemaOfSettings } from '../../gateway/flow/sources.ts'
import type { HttpDeps } from '../../gateway/http/deps.ts'
import { listen } from '../../gateway/http/listen.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'

tap.setTimeout(180_000)

const executablePath = '/usr/bin/chromium'
const pictures = new URL('../.tmp/screenshots/', import.meta.url).pathname
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

test(
  'an operator sees which source is silent, tries it, sends a refused answer again, and drafts a new source',
  { timeout: 150_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    mkdirSync(pictures, { recursive: true })
    const uiFolder = temporaryFolder(t, 'built-ui')
    execFileSync(process.execPath, [new URL('../../ui/build.mjs', import.meta.url).pathname, uiFolder])
    const { sources: found } = await findConnectors()
    const retried: unknown[] = []
    const line = { connector: 'folder', kind: 'files', mapper: 'sage-x3', since: null, nextLookAt: null } as const
    const parked = { kind: 'status', subject: 'e1', source: 'erp', name: 'YB9SAMPLE00100001', problem: 'no such row' }
    const sources: HttpDeps['sources'] = {
      list: async () => [
        {
          ...line,
          name: 'drop',
          state: 'ok',
          lastLookAt: new Date().toISOString(),
          problem: null,
          answersPending: 2,
          answersParked: 0,
        },
        {
          ...line,
          name: 'erp',
          state: 'down',
          lastLookAt: null,
          problem: 'connection refused',
          answersPending: 0,
          answersParked: 1,
        },
      ],
      connectors: () =>
        [...found.values()].map(({ name, title, kind, config }) => ({
          ...{ name, title, kind: kind ?? 'files', schema: schemaOfSettings(config) },
        })),
      test: async () => [
        { step: 'name', ok: true },
        { step: 'TCP', ok: false, detail: 'connection refused' },
      ],
      parked: async () =>
        retried.length > 0
          ? []
          : [{ ...parked, state: 'failed', due_at: new Date().toISOString() as never, tries: 1, done_at: null }],
      retry: async (which) => {
        retried.push(which)
        return 1
      },
      receive: () => Promise.reject(new Error('nobody calls')),
    }
    const stop = new AbortController()
    const f = await openFixture(t, { uiFolder, shutdown: stop.signal, now: new Date(), sources: () => sources })
    const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, headless: true, args })
    t.teardown(async () => {
      await browser.close()
      stop.abort()
      await server.close(1000)
    })
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    await page.goto(`http://127.0.0.1:${server.port}/#/sources`)
    await page.getByLabel('Name').fill('operator')
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sources' }).waitFor()
    await page.getByText('does not answer').waitFor()
    await page.getByRole('button', { name: 'Test: erp' }).press('Enter')
    await page.getByText('TCP: connection refused').waitFor()
    await page.getByRole('button', { name: 'Send again' }).press('Enter')
    await page.getByText('no such row').waitFor({ state: 'detached' })
    t.same(retried, [{ kind: 'status', subject: 'e1' }])
    await page.getByLabel('Connector').selectOption('push')
    await page.locator('[name="hmac.secretFile"]').fill('secrets/push')
    t.match(await page.locator('pre').innerText(), /connector: push[^]*config:\n +hmac:\n +secretFile: secrets\/push/)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    t.same(
      violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`)),
      [],
    )
    t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await page.screenshot({ path: join(pictures, 'sources.png'), fullPage: true })
  },
)
