import type { Envelope, SubmissionFacts } from '../../../gateway/contract/access-point.ts'
import type { SignedDocument } from '../../../gateway/contract/flow.ts'
import type { NoVegvesenConfig } from './config.ts'

/** Counts go as numbers; anything else as it stands, for the authority to refuse it by its name. */
const count = (text: string): number | string => (/^\d{1,4}$/.test(text) ? Number(text) : text)

const taxClassification = (config: NoVegvesenConfig, facts: SubmissionFacts['facts']): Record<string, unknown> => {
  const fact = (name: string): string | undefined => {
    const text = Object.hasOwn(facts, name) ? facts[name]?.trim() : undefined
    return text === '' ? undefined : text
  }
  const [code, seats, beds] = [fact(config.facts.taxCode), fact(config.facts.seats), fact(config.facts.beds)]
  return {
    ...(code === undefined ? {} : { avgiftsKode: code }),
    ...(seats === undefined ? {} : { sitteplasserNorskGodkjenning: count(seats) }),
    ...(beds === undefined ? {} : { sengeplasserCampingbil: count(beds) }),
  }
}

/** The whole signed document as base64 in JSON, with what Norway wants to know besides (avgiftsklassifisering). */
export const jsonEnvelope = (
  config: NoVegvesenConfig,
  document: SignedDocument,
  messageId: string,
  { facts }: SubmissionFacts,
): Envelope => {
  const tax = taxClassification(config, facts)
  const one = {
    ivi: {
      iviDokument: document.bytes.toString('base64'),
      ...(config.sendReference ? { iviReferanse: document.iviReferenceId } : {}),
    },
    ...(Object.keys(tax).length > 0 ? { avgiftsklassifisering: tax } : {}),
  }
  return {
    bytes: Buffer.from(JSON.stringify(config.body === 'array' ? [one] : one)),
    contentType: 'application/json',
    headers: { [config.messageIdHeader]: messageId, accept: 'application/json' },
  }
}
