import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import tap, { test } from 'tap'
import { listen } from '../../gateway/http/listen.ts'
import { sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { openFixture, password, temporaryFolder } from '../support/http-fixture.ts'
import { boxBody, workbenchBench } from '../unit/workbench/bench.ts'

// A browser on a busy machine is slower than a unit test.
tap.setTimeout(240_000)

const executablePath = '/usr/bin/chromium'
const pictures = new URL('../.tmp/screenshots/', import.meta.url).pathname
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']

const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
}

test(
  'a mapper is tried on a vehicle, proposed, released and brought back',
  { timeout: 120_000, skip: existsSync(executablePath) ? false : 'needs Chromium: apt-get install chromium' },
  async (t) => {
    mkdirSync(pictures, { recursive: true })
    const bench = await workbenchBench(t, { mappersRelease: 'released' })
    const vin = sampleVin(42)
    await bench.keep('sage-x3', vin, boxBody(vin))
    await bench.workbench.release('sage-x3', 'kim', 'The first one')
    const file = join(bench.mapperFolder, 'sage-x3.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(
      file,
      text
        .replace("version: '1.0'", "version: '1.1'")
        .replace('  ActualMass: {', '  # none\n  ActualMass: { when: \'record.COP == "N"\','),
    )
    const tests = join(bench.mapperFolder, 'sage-x3.tests.yaml')
    await writeFile(
      tests,
      (await readFile(tests, 'utf8')).replace(/ {2}- name: a box body[^]*?(?= {2}- name: quality)/, ''),
    )
    const uiFolder = temporaryFolder(t, 'built-ui')
    execFileSync(process.execPath, [new URL('../../ui/build.mjs', import.meta.url).pathname, uiFolder])
    const stop = new AbortController()
    const recordOf = () => Promise.resolve(boxBody(vin, { EXTRA_HEIGHT_MM: '3050', NOTE: 'x' }))
    const f = await openFixture(t, {
      uiFolder,
      shutdown: stop.signal,
      now: new Date(),
      workbench: () => ({ ...bench.workbench, recordOf }),
    })
    const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, headless: true, args })
    t.teardown(async () => {
      await browser.close()
      stop.abort()
      await server.close(1000)
    })
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`http://127.0.0.1:${server.port}/#/mappers`)
    await page.getByLabel('Name').fill('quality')
    await page.getByLabel('Pass').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /sage-x3.*The file was edited/ }).waitFor()
    t.same(await findings(page), [])
    await page.screenshot({ path: join(pictures, 'mappers.png') })

    await page.getByRole('link', { name: /^sage-x3/ }).click()
    await page.getByRole('heading', { level: 1, name: 'sage-x3' }).waitFor()
    await page.getByText('WHEELBASE · m → mm').waitFor()
    t.same(await findings(page), [])
    await page.screenshot({ path: join(pictures, 'mapper-1440.png'), fullPage: true })
    await page.getByRole('button', { name: /Unused fields/ }).click()
    await page.getByText('EXTRA_HEIGHT_MM').first().waitFor()
    await page.screenshot({ path: join(pictures, 'mapper-unused.png'), fullPage: true })

    // What lies in the folder no longer maps the mass: the form asks for it.
    await page.getByLabel('Mapped by').selectOption('draft')
    await page.getByRole('button', { name: /Unmapped required 1/ }).click()
    await page.getByText('ActualMass: { field: MASS_ACT }').waitFor()
    t.same(await findings(page), [])
    await page.screenshot({ path: join(pictures, 'mapper-unmapped.png'), fullPage: true })

    await page.getByRole('button', { name: 'Propose' }).click()
    await page.getByLabel('What changes, and why').fill('The scales are broken')
    await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click()
    await page.getByRole('heading', { name: 'quality proposes version 1.1' }).waitFor()
    await page.getByText('Of the latest 1 records 1 change.').waitFor()
    t.same(await findings(page), [])
    await page.screenshot({ path: join(pictures, 'mapper-proposed.png'), fullPage: true })
    await page.getByRole('button', { name: 'Approve and release' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve and release' }).click()
    await page.getByText('Release 2').first().waitFor()
    await page.getByRole('button', { name: 'Bring back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Bring back' }).click()
    await page.getByText('the text of release 1 again').waitFor()
    t.equal(bench.tools.mappers.get('sage-x3')?.version, '1.0')

    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('button', { name: /Ungenutzte Felder/ }).waitFor()
    await page.getByRole('button', { name: /Aus dem Mapper/ }).click()
    await page.getByText('Radstand').first().waitFor()
    await page.setViewportSize({ width: 390, height: 900 })
    t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out on a phone')
    await page.screenshot({ path: join(pictures, 'mapper-390-de.png'), fullPage: true })
    t.same(complaints, [])
  },
)
