import { readFileSync } from 'node:fs'
import type { AuthorityMessage, VehicleModel } from '../contract/flow.ts'
import type { IviNode } from '../contract/ivi-tree.ts'
import { itemNumberOf, labelOf, type Language, type Stage, type Texts } from '../ivi/coc/coc.ts'
import { elementOfMessage } from './element-of-message.ts'

/** Who can mend what an access point refused. */
export type Whose = 'source' | 'master-data' | 'base' | 'mapping' | 'certificate' | 'registration' | 'access-point'

/** One message of an authority in plain words, beside its own. */
export interface Explanation {
  /** The authority's own. */
  readonly code: string
  readonly text: string
  readonly severity: AuthorityMessage['severity']
  readonly element: string | undefined
  readonly path: string | undefined
  readonly label: string | undefined
  /** Number on the certificate, such as `13.2`. */
  readonly item: string | undefined
  /** What our document says there. */
  readonly value: string | undefined
  /** Where that came from (`VehicleModel.provenance`). */
  readonly provenance: string | undefined
  readonly whose: Whose
  readonly whoseLabel: string
  /** What it means. */
  readonly meaning: string
  /** What to change, and where. */
  readonly change: string
}

type Model = Pick<VehicleModel, 'tree' | 'provenance'>

const texts = JSON.parse(readFileSync(new URL('explain-texts.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Texts>
>

const say = (key: string, language: Language, params: Readonly<Record<string, string>> = {}): string =>
  (texts[key]?.[language] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)

/** The first leaf of that name, and its path as provenance writes it. */
const leafOf = (node: IviNode, name: string, path: string): { path: string; value: string } | undefined => {
  if (typeof node === 'string') return path.endsWith(`/${name}`) ? { path, value: node } : undefined
  const below: [string, IviNode][] = Array.isArray(node)
    ? node.map((row, i) => [`${path}[${i + 1}]`, row])
    : Object.entries(node).map(([key, child]) => [`${path}/${key}`, child])
  for (const [at, child] of below) {
    const found = leafOf(child, name, at)
    if (found) return found
  }
  return undefined
}

const leafAt = (node: IviNode, path: string, wanted: string): string | undefined => {
  if (typeof node === 'string') return path === wanted ? node : undefined
  const below: [string, IviNode][] = Array.isArray(node)
    ? node.map((row, i) => [`${path}[${i + 1}]`, row])
    : Object.entries(node).map(([key, child]) => [`${path}/${key}`, child])
  for (const [at, child] of below)
    if (wanted === at || wanted.startsWith(`${at}/`) || wanted.startsWith(`${at}[`)) {
      const found = leafAt(child, at, wanted)
      if (found !== undefined) return found
    }
  return undefined
}

const root = '/InitialVehicleInformation'

const ourLeaf = (model: Model | undefined, path: string | undefined, element: string | undefined) => {
  if (!model || element === undefined) return undefined
  const value = path === undefined ? undefined : leafAt(model.tree, root, path)
  if (path !== undefined && value !== undefined) return { path, value }
  return leafOf(model.tree, element, root)
}

const isAboutSigning = ({ code, text }: AuthorityMessage): boolean =>
  /SIG|TRUST|CERT|SEAL/i.test(code) ||
  /\b(signature|signer|signed|seal|revoked|x\.?509|signing certificate|certificate chain)\b/i.test(text)

const isAboutRegistration = ({ text }: AuthorityMessage): boolean =>
  /\b(manufacturer|maker|sender|organi[sz]ation|contact)\b.*\b(not|un)[ -]?(registered|known|authori[sz]ed|allowed)\b/i.test(
    text,
  )

/** Provenance begins with the kind of source: `record:MASS_RO`, `approval`, `base`, `constant`, `rule:axle-share`. */
const whoseOf = (provenance: string | undefined): Whose => {
  const kind = provenance?.split(/[:(]/)[0]?.trim()
  if (kind === 'record' || kind === 'lookup') return 'source'
  if (kind === 'approval') return 'master-data'
  return kind === 'base' ? 'base' : 'mapping'
}

const judge = (message: AuthorityMessage, element: string | undefined, provenance: string | undefined): Whose => {
  if (element === undefined && isAboutSigning(message)) return 'certificate'
  if (element === 'Signature' || element === 'SignatureDate') return 'certificate'
  if (isAboutRegistration(message)) return 'registration'
  if (element !== undefined) return whoseOf(provenance)
  return /schema|xsd|cvc-/i.test(`${message.code} ${message.text}`) ? 'mapping' : 'access-point'
}

const whatOf = (whose: Whose, label: string | undefined, language: Language): string => {
  if (label !== undefined) return `“${label}”`
  if (whose === 'certificate' || whose === 'registration') return say(whose, language)
  return say('document', language)
}

/** Category and stage of completion decide which number of the certificate an element has. */
const formOf = (model: Model | undefined): { category: string; stage: Stage } => {
  const category = model && leafOf(model.tree, 'VehicleCategory', root)?.value
  const stage = model && leafOf(model.tree, 'StageOfCompletion', root)?.value
  return { category: category ?? 'M1', stage: stage === 'I' || stage === 'V' ? stage : 'C' }
}

/**
 * Explains what an authority said of a document: which element that is, its item on the certificate, what we sent, where it
 * came from, who can mend it and how. The authority's own text stays beside it, untranslated.
 * @param model the vehicle as it was sent; without it the message alone is explained
 */
export const explainMessage = (
  message: AuthorityMessage,
  model: Model | undefined,
  language: Language,
): Explanation => {
  const { path, element } = elementOfMessage(message)
  const leaf = ourLeaf(model, path, element)
  const provenance = leaf && model?.provenance[leaf.path]
  const { category, stage } = formOf(model)
  const label = element === undefined ? undefined : labelOf(element, language)
  const item = element === undefined ? undefined : itemNumberOf(element, category, stage)
  const whose = judge(message, element, provenance)
  const field = provenance?.startsWith('record:') === true ? provenance.slice('record:'.length) : (provenance ?? '–')
  const named = { label: whatOf(whose, label, language), field }
  const meaning = [
    say('about', language, { what: whatOf(whose, label, language) }),
    item === undefined ? '' : say('item', language, { item }),
    leaf === undefined ? '' : say('value', language, { value: leaf.value }),
    '.',
  ].join('')
  return {
    code: message.code,
    text: message.text,
    severity: message.severity,
    element,
    path: leaf?.path ?? path,
    label,
    item,
    value: leaf?.value,
    provenance,
    whose,
    whoseLabel: say(`whose.${whose}`, language),
    meaning,
    change: say(`change.${whose}`, language, named),
  }
}
