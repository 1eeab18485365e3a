import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'tap'
import { states as contractStates } from '../../../gateway/contract/index.ts'
import { language, onLanguage, pickLanguage, setLanguage, t as text } from '../../../ui/common/i18n.ts'
import { states, toneOf, waitingForPeople } from '../../../ui/common/states.ts'
import { absoluteTime, relativeTime } from '../../../ui/common/time.ts'
import de from '../../../ui/translations/de.json' with { type: 'json' }
import en from '../../../ui/translations/en.json' with { type: 'json' }

const source = readdirSync(new URL('../../../ui/', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => readFileSync(new URL(`../../../ui/${f}`, import.meta.url), 'utf8'))
  .join('\n')
const holes = (s: string): string[] => (s.match(/\{\w+\}/g) ?? []).sort()

test('every language has the same words, with the same holes', async (t) => {
  t.same(Object.keys(de), Object.keys(en))
  for (const [key, value] of Object.entries(en)) {
    t.not(value.trim(), '', key)
    t.same(holes(de[key as keyof typeof de]), holes(value), key)
  }
})

test('no word is kept that nothing says', async (t) => {
  // Keys that are put together: `state.${…}` speaks for all that begin so.
  const composed = [...source.matchAll(/`([a-z-]+\.(?:[a-z]+\.)?)\$\{/g)].map((m) => m[1]!)
  t.ok(composed.includes('state.'))
  const unused = Object.keys(en).filter(
    (key) => !source.includes(`'${key}'`) && !composed.some((c) => key.startsWith(c)),
  )
  t.same(unused, [])
})

test('every state of the contract has a word, a meaning and a tone, and no other has', async (t) => {
  t.same([...states].sort(), [...contractStates].sort())
  for (const state of states) {
    t.ok(en[`state.${state}`] && en[`waits.${state}`])
    t.ok(toneOf(state))
  }
  t.equal(waitingForPeople({ held: 2, awaiting_signoff: 1, accepted: 50, outcome_unknown: 3 }), 3)
})

test('the language is the first that the browser wants and we have', async (t) => {
  t.equal(pickLanguage(['fr-FR', 'de-AT', 'en']), 'de')
  t.equal(pickLanguage(['fr']), 'en')
  t.equal(pickLanguage([]), 'en')
  let told = 0
  const stop = onLanguage(() => told++)
  setLanguage('de')
  t.equal(language(), 'de')
  t.equal(text('overview.many', { n: 3 }), '3 eCoCs warten auf einen Menschen')
  stop()
  setLanguage('en')
  t.equal(told, 1)
  t.equal(text('overview.many', { n: '{n}$&' }), '{n}$& eCoCs wait for a person', 'what is put in is not read again')
  t.equal(text('overview.many'), '{n} eCoCs wait for a person')
})

test('times are told as people say them', async (t) => {
  const now = new Date('2026-11-20T12:00:00Z')
  const ago = (s: number): string => relativeTime(new Date(now.getTime() - s * 1000).toISOString(), now, 'en-GB')
  t.equal(ago(0), 'now')
  t.equal(ago(-3), 'now', 'a clock that runs ahead does not speak of the future')
  t.equal(ago(-50), 'now')
  t.match(ago(30), /^30 sec\.? ago$/)
  t.match(ago(3599), /^59 min\.? ago$/)
  t.match(ago(3600), /^1 hr\.? ago$/)
  t.equal(ago(86_400), 'yesterday')
  t.equal(ago(8 * 86_400), '12 Nov 2026')
  t.match(absoluteTime(now.toISOString(), 'en-GB'), /20 Nov 2026.*\d\d:00:00 .+/)
})
