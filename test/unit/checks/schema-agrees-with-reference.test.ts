// needs: xmllint
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { test } from 'tap'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import { ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { mutationsOf } from '../../support/ivi-mutations.ts'
import {
  documentWith,
  edgeValues,
  emptySignature,
  leaves,
  referenceFolder,
  referenceSkip,
  sampleValue,
  specimens,
} from '../../support/ivi-samples.ts'

interface Case {
  readonly name: string
  readonly xml: string
}

const check = await createSchemaCheck()

const specimen = (name: string): Buffer => readFileSync(new URL(`examples/${name}.xml`, referenceFolder))
const canonical = (name: string): string => writeDocument(readDocument(specimen(name)).tree).toString()
const signed = (xml: string): string => xml.replace(/<\/InitialVehicleInformation>\s*$/, (end) => emptySignature + end)

/** The reference's verdict on each case, from one xmllint over all of them. */
const referenceVerdicts = (folder: string, cases: readonly Case[], unsigned: boolean): boolean[] => {
  const path = (name: string): string => fileURLToPath(new URL(name, referenceFolder))
  const schema = execFileSync(process.execPath, [path('make-xsd.mjs'), ...(unsigned ? ['--unsigned'] : [])])
  writeFileSync(join(folder, 'ivi.xsd'), schema)
  copyFileSync(path('xmldsig-core-schema.xsd'), join(folder, 'xmldsig-core-schema.xsd'))
  const files = cases.map(({ xml }, index) => {
    writeFileSync(join(folder, `${index}.xml`), xml)
    return `${index}.xml`
  })
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 } as const
  const { stderr } = spawnSync('xmllint', ['--noout', '--schema', 'ivi.xsd', ...files], options)
  const valid = new Set([...stderr.matchAll(/^(\d+\.xml) validates$/gm)].map(([, file]) => file))
  const invalid = new Set([...stderr.matchAll(/^(\d+\.xml) fails to validate$/gm)].map(([, file]) => file))
  return files.map((file) => {
    if (valid.has(file) === invalid.has(file)) throw new Error(`xmllint gave no verdict on ${file}`)
    return valid.has(file)
  })
}

const noXmllint = spawnSync('xmllint', ['--version']).error ? 'xmllint is not installed' : false
const skip = referenceSkip || noXmllint

const compare = (t: Test, cases: readonly Case[], unsigned: boolean): { valid: number; invalid: number } => {
  const expected = referenceVerdicts(t.testdir({}), cases, unsigned)
  const different = cases.flatMap(({ name, xml }, index) => {
    const findings = check.check(Buffer.from(xml), { unsigned })
    return (findings.length === 0) === expected[index] ? [] : [{ name, reference: expected[index], findings }]
  })
  t.strictSame(different, [], 'same verdict on every document')
  const valid = expected.filter(Boolean).length
  return { valid, invalid: expected.length - valid }
}

test(
  'the official specimens are valid, and unsigned ones are not when a signature is asked for',
  { skip },
  async (t) => {
    const cases = specimens.map((name) => ({ name, xml: specimen(name).toString() }))
    t.equal(compare(t, cases, true).valid, specimens.length)
    t.equal(compare(t, cases, false).valid, 0)
    const withSignature = cases.map(({ name, xml }) => ({ name, xml: signed(xml) }))
    t.equal(compare(t, withSignature, false).valid, specimens.length)
  },
)

test('changed documents get the verdict of the reference schema', { skip }, async (t) => {
  const cases = specimens.flatMap((name, index) =>
    mutationsOf(canonical(name), 150, 1000 + index).map(({ kind, xml }) => ({ name: `${name}: ${kind}`, xml })),
  )
  // With `unsigned` what is inside a signature is not looked at, so that kind has no reference.
  const unsigned = cases.filter(({ name }) => !name.endsWith('broken signature'))
  const verdicts = compare(t, unsigned, true)
  t.ok(verdicts.valid > 30 && verdicts.invalid > 300, 'both verdicts occur often', verdicts)
  const withSignature = cases.map(({ name, xml }) => ({ name, xml: xml.includes('ds:Signature') ? xml : signed(xml) }))
  const signedVerdicts = compare(t, withSignature, false)
  t.ok(signedVerdicts.valid > 30 && signedVerdicts.invalid > 300, 'both verdicts occur often', signedVerdicts)
})

test('every element is taken where the catalogue has it', { skip }, async (t) => {
  const cases = leaves.map((leaf) => ({
    name: leaf.path,
    xml: writeDocument(documentWith(leaf, sampleValue(leaf.leaf!))).toString(),
  }))
  t.equal(compare(t, cases, true).valid, leaves.length)
})

test('every type takes and refuses the values that the reference takes and refuses', { skip }, async (t) => {
  const cases = [...ivi20.types.values()].flatMap((type) => {
    const leaf = leaves.find((element) => element.type === type.name)
    return leaf
      ? edgeValues(type).map((value) => ({
          name: `${leaf.name}="${value.slice(0, 40)}"`,
          xml: writeDocument(documentWith(leaf, value)).toString(),
        }))
      : []
  })
  const verdicts = compare(t, cases, true)
  t.ok(verdicts.valid > 500 && verdicts.invalid > 500, 'both verdicts occur often', verdicts)
})
