import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import { seededRandom } from '../ivi-mutations.ts'
import { emptySignature } from '../ivi-samples.ts'
import { diceOf } from './dice.ts'
import { mutate } from './mutate.ts'
import { referenceVerdict } from './reference-schema.ts'
import { kinds, validDocument } from './valid-document.ts'

export interface Changed {
  /** How to make it again: seed, category, stage, and what was changed. */
  readonly name: string
  readonly xml: string
  readonly unsigned: boolean
  readonly valid: boolean
}

export interface Comparison {
  readonly valid: number
  readonly invalid: number
  /** Documents on which our schema check and the reference differ. */
  readonly different: readonly (Changed & { readonly findings: readonly string[] })[]
  readonly all: readonly Changed[]
}

/** Enough for each kind of change at least once. */
const perDocument = 46
const sign = (xml: string): string =>
  xml.includes('ds:Signature')
    ? xml
    : xml.replace(/<\/(?:\w+:)?InitialVehicleInformation>(?![^]*<\/)/, (end) => emptySignature + end)

/** Changed documents of generated ones; every second one is judged as signed. */
const changedDocuments = (count: number, seed: number): Omit<Changed, 'valid'>[] => {
  const dice = diceOf(seededRandom(seed))
  return Array.from({ length: Math.ceil(count / perDocument) }, (_, i) => {
    const { category, stage } = dice.pick(kinds)
    const own = seed + i + 1
    const tree = validDocument(category, stage, {}, seededRandom(own))
    return mutate(tree, perDocument, own).map(({ kind, xml }, n) => {
      // Unsigned, what is inside a signature is not looked at, so a broken one has no reference.
      const unsigned = n % 2 === 0 && kind !== 'broken signature'
      return { name: `seed ${own}, ${category} ${stage}, ${kind}`, unsigned, xml: unsigned ? xml : sign(xml) }
    })
  })
    .flat()
    .slice(0, count)
}

/** Judges `count` random changes by our schema check and by the reference schema. */
export const compareVerdicts = async (count: number, seed: number): Promise<Comparison> => {
  const check = await createSchemaCheck()
  const reference = referenceVerdict()
  const all: Changed[] = []
  const different: (Changed & { findings: string[] })[] = []
  for (const document of changedDocuments(count, seed)) {
    const findings = check.check(Buffer.from(document.xml), { unsigned: document.unsigned })
    const judged = { ...document, valid: reference(document.xml, document.unsigned) }
    all.push(judged)
    if ((findings.length === 0) !== judged.valid)
      different.push({ ...judged, findings: findings.map(({ code, path, message }) => `${code} ${path} ${message}`) })
  }
  check.dispose()
  const valid = all.filter((one) => one.valid).length
  return { valid, invalid: all.length - valid, different, all }
}
