import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { elementOf } from '../../../gateway/ivi/catalogue.ts'
import { languages } from '../../../gateway/ivi/coc/coc.ts'
import { renderHtml } from '../../../gateway/print/render-html.ts'
import { putLeaf } from '../../support/ivi-samples.ts'
import { formOfTree, incomplete, shownIn } from './print-fixture.ts'

const golden = new URL('../../golden/', import.meta.url)

/** What the sample mappers make of their records, with stamps that stay. */
const samples = (): { name: string; tree: IviTree }[] => {
  const mapped = ['sage-x3-box-body'].map((name) => {
    const { model } = JSON.parse(readFileSync(new URL(`mapping/${name}/expected.json`, golden), 'utf8'))
    const tree = model.tree as IviTree
    Object.assign(tree['Header'] as IviTree, {
      IviReferenceId: '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1',
      IviVersionDateTime: '2026-07-06T09:55:21.351+02:00',
    })
    return { name, tree }
  })
  return [...mapped, { name: 'chassis', tree: incomplete() }]
}

test('the print forms of the samples are as ever', async (t) => {
  for (const { name, tree } of samples()) {
    const file = new URL(`print/${name}.html`, golden)
    const html = renderHtml(formOfTree(tree, 'en', name === 'chassis'))
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, html)
    t.equal(html, readFileSync(file, 'utf8'), name)
  }
  t.equal(readdirSync(new URL('print/', golden)).length, samples().length)
})

test('values have their unit, codes their meaning, indicators a word', async (t) => {
  const tree = incomplete()
  putLeaf(tree, elementOf('MaximumNetPowerCombustion'), 0, '20.60')
  putLeaf(tree, elementOf('EngineSpeedMaximumNetPower'), 0, '7250')
  putLeaf(tree, elementOf('WhscNumberOfParticles'), 0, '0.53')
  putLeaf(tree, elementOf('WhscNumberOfParticlesExponent'), 0, '11')
  putLeaf(tree, elementOf('EnergySource'), 0, '20')
  putLeaf(tree, elementOf('PureElectricVehicleIndicator'), 0, 'N')
  const textsAt = (key: string, language: 'en' | 'de' = 'en'): string[] =>
    shownIn(formOfTree(tree, language))
      .filter((one) => one.key === key)
      .map((one) => one.text)
  t.match(textsAt('27.1'), [/^20\.60 kW \(7250 min⁻¹\)$/])
  t.match(textsAt('48 (1.2) WHSC particle number'), [/^0\.53 × 10\^11 /])
  t.match(textsAt('26'), [/^20 – ./])
  t.strictSame([textsAt('23'), textsAt('23', 'de')], [['no'], ['nein']])
  t.match(textsAt('16.2'), [/^Axle 1: \d+ kg · Axle 2: \d+ kg$/])
  t.match(textsAt('16.2', 'de'), [/^Achse 1: \d+ kg · Achse 2: \d+ kg$/])
})

test('the declaration says what the stage allows', async (t) => {
  const tree = incomplete()
  const coc = tree['CocDataGroup'] as IviTree
  const say = (stage: string, language: 'en' | 'de' | 'fr' = 'en') => {
    coc['StageOfCompletion'] = stage
    return formOfTree(tree, language)
  }
  t.match(say('I'), { subtitle: 'for incomplete vehicles', declaration: /cannot be permanently registered/ })
  Object.assign(coc, { RightLeftHandTraffic: 'BOTH', MetricImperialSpeedometer: 'M' })
  t.match(say('C'), { subtitle: 'for complete vehicles', declaration: /right-hand or left-hand traffic and .*metric/ })
  t.match(say('V'), { subtitle: 'for completed vehicles', declaration: /has been completed or altered/ })
  for (const language of languages) t.match(say('V', language).declaration, /e4\*2018\/858\*\d+\*\d\d/, language)
  t.notMatch(say('C', 'de').declaration, /\{|undefined/)
})

test('a duplicate and an unsigned document say so on every page', async (t) => {
  const [plain, copy] = [formOfTree(incomplete()), formOfTree(incomplete(), 'fr', true)]
  t.equal(plain.mark, undefined)
  t.equal(copy.mark, 'DUPLICATA')
  t.match(renderHtml(copy), /class="mark"[^]*class="badge">DUPLICATA[^]*article 36, paragraphe 3/)
  t.notMatch(renderHtml(plain), /class="mark"/)
})

test('what stands in a document cannot become markup or style', async (t) => {
  const tree = incomplete()
  const evil = '</style><script>alert(1)</script>"; } body { display: none } \'&'
  for (const name of [
    'ManufacturerName',
    'VehicleIdentificationNumber',
    'IviReferenceId',
    'Remark',
    'SignerName',
    'Make',
  ])
    putLeaf(tree, elementOf(name), 0, evil)
  const html = renderHtml(formOfTree(tree))
  t.notMatch(html, /<script/)
  t.equal(html.match(/<\/style>/g)?.length, 1)
  t.notMatch(html.slice(html.indexOf('@bottom-left { content'), html.indexOf('</style>')), /display: none/)
  t.match(html, /&lt;script&gt;/)
})

test('the page can be read without eyes', async (t) => {
  const html = renderHtml(formOfTree(incomplete(), 'de'))
  t.match(html, /^<!doctype html>\n<html lang="de">/)
  t.equal(html.match(/<h1>/g)?.length, 1)
  for (const [table] of html.matchAll(/<table[^]*?<tbody>/g)) {
    t.match(table, /<caption/)
    t.match(table, /scope="col"/)
  }
  t.notMatch(html, /<script|\bon\w+=|https?:/)
})

test('a document that lacks everything still has a form', async (t) => {
  const form = formOfTree({})
  t.equal(form.sections.length, 1)
  t.match(renderHtml(form), /SHA-256/)
})
