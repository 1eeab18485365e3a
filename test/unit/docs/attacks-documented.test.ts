// needs: xmlsec1
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'tap'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { javaVersion, startJavaOpinion } from '../../prove/java-opinion.ts'
import { type Opinion, xmlCrypto, xmlsec } from '../../prove/second-opinions.ts'
import { xadesjs } from '../../prove/xades-opinion.ts'
import { type AttackRow, attacksPage, readAttacksPage, type Verdict } from '../../support/attacks-page.ts'
import type { Attack } from '../signature/attacks/attack.ts'
import { catalogueWith } from '../signature/attacks/catalogue.ts'
import { pki, scratch } from '../signature/helpers.ts'

const file = join(import.meta.dirname, '../../../docs/attacks.md')

const packageVersion = (name: string): string => {
  const text = readFileSync(createRequire(import.meta.url).resolve(`${name}/package.json`), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
const xmlsecVersion = (): string =>
  /xmlsec1 (\S+)/.exec(spawnSync('xmlsec1', ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? ''

/** A root in PEM, as all programs read it. */
const rootFile = (attack: Attack): string => {
  const [root] = attack.roots?.() ?? []
  if (!root) return pki.file('root.crt')
  const name = join(scratch(), 'root.pem')
  writeFileSync(name, root)
  return name
}

test('docs/attacks.md says who lets which attack pass (UPDATE_GOLDEN=1 writes it)', async (t) => {
  const isWriting = process.env['UPDATE_GOLDEN'] === '1'
  const services = await startTrustServices()
  const java = javaVersion() === undefined ? undefined : startJavaOpinion()
  t.teardown(async () => {
    java?.end()
    await services.close()
  })
  const atHand: Readonly<Record<string, { version: string; ask: Opinion }>> = {
    xmlsec1: { version: xmlsecVersion(), ask: xmlsec },
    'xml-crypto': { version: packageVersion('xml-crypto'), ask: xmlCrypto },
    xadesjs: { version: packageVersion('xadesjs'), ask: xadesjs },
    ...(java ? { Java: { version: javaVersion() ?? '', ask: java.ask } } : {}),
  }
  const page = isWriting ? '' : readFileSync(file, 'utf8')
  const recorded = readAttacksPage(page)
  // Another version may judge otherwise: what the page says of the one that it names stays.
  const asked = Object.entries(atHand).filter(([name, { version }]) => isWriting || recorded.versions[name] === version)
  const versions = isWriting
    ? Object.fromEntries(asked.map(([name, { version }]) => [name, version]))
    : recorded.versions

  const made: { kind: string; attack: Attack; bytes: Buffer; root: string; others: Record<string, Verdict> }[] = []
  for (const [kind, attacks] of Object.entries(catalogueWith(services)))
    for (const attack of attacks) {
      const said = Object.keys(versions).map((name) => [name, recorded.verdictOf(attack.how, name) ?? '–'] as const)
      const bytes = await attack.make()
      made.push({ kind, attack, bytes, root: rootFile(attack), others: Object.fromEntries(said) })
    }
  const judge = async ([name, { ask }]: (typeof asked)[number]): Promise<void> => {
    for (const [root, all] of Map.groupBy(made, (one) => one.root)) {
      const timely = all.filter(({ attack }) => attack.at === undefined)
      const verdicts = await ask(
        timely.map(({ bytes }) => bytes),
        root,
      )
      timely.forEach(({ others }, i) => (others[name] = verdicts[i] ? 'accepts' : 'refuses'))
    }
  }
  await Promise.all(asked.map(judge))
  const rows = made.map(({ kind, attack: { how, code }, others }): AttackRow => ({ kind, how, code, others }))
  const now = attacksPage(rows, versions)
  if (isWriting) writeFileSync(file, now)
  t.equal(readFileSync(file, 'utf8'), now)
})
