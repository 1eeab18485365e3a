import type { OperationChoice, ProposedConfig } from '../../../../gateway/contract/profile.ts'
import { GatewayError } from '../../../../gateway/contract/errors.ts'
import { readWsdl, type Wsdl, type WsdlOperation } from './read-wsdl.ts'
import type { Part } from './wsdl-schema.ts'

type Kind = 'submit' | 'query' | 'retrieve'

/** How such operations are called, in the order in which a name is tried. */
const usual: readonly (readonly [Kind, RegExp])[] = [
  ['query', /query|status|state|check|poll|result/i],
  ['retrieve', /retrieve|fetch|download|^get|read|find|search/i],
  ['submit', /submit|send|upload|deliver|register|create|put|store|transmit|provide|insert|add/i],
]

const choose = (wsdl: Wsdl, choice: OperationChoice): Partial<Record<Kind, WsdlOperation>> => {
  const chosen: Partial<Record<Kind, WsdlOperation>> = {}
  for (const [kind, name] of Object.entries(choice) as [Kind, string][]) {
    const found = wsdl.operations.find((o) => o.name === name)
    if (!found) {
      throw new GatewayError({
        kind: 'usage',
        code: 'EUS-004',
        message: `The interface description has no operation "${name}".`,
        hint: `There are: ${wsdl.operations.map((o) => o.name).join(', ')}.`,
      })
    }
    chosen[kind] = found
  }
  for (const operation of wsdl.operations) {
    if (Object.values(choice).includes(operation.name)) continue
    const kind = usual.find(([, names]) => names.test(operation.name))?.[0]
    if (kind) chosen[kind] ??= operation
  }
  const [only, ...more] = wsdl.operations
  if (only && more.length === 0 && !chosen.submit) return { submit: only }
  return chosen
}

const dotted = ({ path }: Part): string => path.map((q) => q.name).join('/')

/** The part that holds a document: binary, else foreign XML, else the text that sounds like it. */
const holder = (parts: readonly Part[]): Part | undefined =>
  parts.find((p) => p.kind === 'base64') ??
  parts.find((p) => p.kind === 'any' || p.kind === 'xml') ??
  parts.find(
    (p) => p.kind === 'string' && /xml|ivi|coc|document|content|payload|message$/i.test(p.path.at(-1)?.name ?? ''),
  )

const embedding = (part: Part): 'inline' | 'base64' | 'text' =>
  part.kind === 'base64' ? 'base64' : part.kind === 'string' ? 'text' : 'inline'

/** The text part whose name fits, else the only one there is. */
const textPart = (parts: readonly Part[], name: RegExp): Part | undefined => {
  const texts = parts.filter((p) => p.kind === 'string')
  return texts.find((p) => name.test(p.path.at(-1)?.name ?? '')) ?? (texts.length === 1 ? texts[0] : undefined)
}

class Proposal {
  readonly body: Record<string, unknown> = {}
  readonly soapAction: Record<string, string> = {}
  readonly notes: string[] = []
  document: 'inline' | 'base64' | 'text' | undefined

  take(kind: Kind, operation: WsdlOperation): void {
    this.body[kind] = operation.input
    this.soapAction[kind] = operation.action
    this.notes.push(
      `${kind}: operation ${operation.name}, wrapper {${operation.input.namespace}}${operation.input.name}`,
    )
  }

  submit(operation: WsdlOperation): void {
    this.take('submit', operation)
    const part = holder(operation.inputParts)
    if (!part) {
      this.notes.push(
        `submit: where the document stands in ${operation.input.name} is not to be seen: set body.around and document`,
      )
      return
    }
    this.document = embedding(part)
    // A referred element is the document's own root, not an element around it.
    const around = part.kind === 'xml' ? part.path.slice(0, -1) : part.path
    if (around.length > 0) this.body['around'] = around
    const others = operation.inputParts.filter((p) => p !== part && p.required)
    if (others.length > 0)
      this.notes.push(`submit: needs besides the document, in body.before: ${others.map(dotted).join(', ')}`)
    this.answers(operation)
  }

  answers({ output, outputParts }: WsdlOperation): void {
    if (!output) return
    const parts = outputParts.map((p) => (p.values.length > 0 ? `${dotted(p)} (${p.values.join(', ')})` : dotted(p)))
    this.notes.push(`answers: {${output.namespace}}${output.name}: ${parts.join('; ') || 'no parts in this file'}`)
    this.notes.push('classifiers: say which XPath means which outcome; a description does not')
  }

  asks(kind: 'query' | 'retrieve', operation: WsdlOperation): void {
    this.take(kind, operation)
    const [key, name] =
      kind === 'query' ? (['reference', /ref|ivi|ticket|id$/i] as const) : (['vin', /vin|vehicle/i] as const)
    const part = textPart(operation.inputParts, name)
    if (part?.path.length === 1) this.body[key] = part.path[0]
    else this.notes.push(`${kind}: which element holds the ${key} is not to be seen: set body.${key}`)
    const found = kind === 'retrieve' ? holder(operation.outputParts) : undefined
    const element = found?.path.at(found.kind === 'xml' ? -2 : -1)
    if (found) this.body['document'] = element ?? operation.output
    if (found && this.document && embedding(found) !== this.document)
      this.notes.push('retrieve: its document stands there in another way than in a submission')
  }
}

/**
 * What a WSDL says about a profile: address, SOAP version, actions, wrappers, how the document stands in them. What it cannot
 * say is among the notes.
 * @throws GatewayError EUS-003 when the file cannot be used, EUS-004 when a chosen operation is not in it
 */
export const proposeConfig = (description: Buffer, choice: OperationChoice): ProposedConfig => {
  const wsdl = readWsdl(description)
  const { submit, query, retrieve } = choose(wsdl, choice)
  const proposal = new Proposal()
  const { notes } = proposal
  if (submit) proposal.submit(submit)
  else notes.push('submit: none of the operations is called like it; name one (--submit NAME)')
  if (query) proposal.asks('query', query)
  if (retrieve) proposal.asks('retrieve', retrieve)
  if (!wsdl.endpoint) notes.push('endpoint: the description names no https address; ask the operator')
  if (wsdl.otherEndpoints.length > 0) notes.push(`endpoint: there are also ${wsdl.otherEndpoints.join(', ')}`)
  if (wsdl.imports.length > 0) notes.push(`refers to other files, which are not read: ${wsdl.imports.join(', ')}`)
  const addressing = wsdl.demands.some((d) => d === 'UsingAddressing' || d === 'Addressing')
  const security = wsdl.demands.filter((d) => /Token|Timestamp|Parts|Binding|Suite/.test(d))
  if (security.length > 0) notes.push(`security: its policy names ${security.join(', ')}; set security accordingly`)
  const config = {
    ...(wsdl.endpoint ? { endpoint: wsdl.endpoint } : {}),
    soapVersion: wsdl.soapVersion,
    soapAction: proposal.soapAction,
    body: proposal.body,
    ...(proposal.document ? { document: proposal.document } : {}),
    offers: { query: query !== undefined, retrieve: retrieve !== undefined },
    messageId: { in: 'none' },
    ...(addressing ? { addressing: {} } : {}),
  }
  return { config, operations: wsdl.operations.map((o) => o.name), notes }
}
