import { z } from 'zod'
import type { SourceConnector } from '../contract/index.ts'
import { source } from './parts/source.ts'

interface Node {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly description?: string
}

const choicesOf = (node: Node): readonly Node[] => node.anyOf ?? node.oneOf ?? []

const typeOf = (node: Node): string => {
  if (node.const !== undefined) return JSON.stringify(node.const)
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(', ')
  const choices = choicesOf(node)
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(' or ')
  if (node.type === 'array') return `list of ${typeOf(node.items ?? {})}`
  return [node.type ?? 'anything'].flat().join(' or ')
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')

/** One line a setting, inner ones by their way: `hmac.secretFile`. */
const rows = (node: Node, prefix = ''): string[] =>
  Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
    const name = `${prefix}${key}`
    const isNeeded = node.required?.includes(key) ?? false
    const otherwise = value.default === undefined ? '' : `\`${JSON.stringify(value.default)}\``
    const line = `| \`${name}\` | ${cell(typeOf(value))} | ${isNeeded ? 'yes' : otherwise} | ${cell(value.description ?? '')} |`
    const inner = [value, value.items ?? {}, ...choicesOf(value)]
    return [line, ...new Set(inner.flatMap((n) => rows(n, `${name}${n === value.items ? '[]' : ''}.`)))]
  })

const table = (schema: z.ZodType): string[] => {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Node
  const branches = [json, ...choicesOf(json)]
  return [
    '| setting | what it is | needed, or otherwise | |',
    '| --- | --- | --- | --- |',
    ...new Set(branches.flatMap((b) => rows(b))),
  ]
}

const kinds = {
  files: 'Gives files. Answers are files beside them.',
  rows: 'Gives rows, a page at a time. Answers are written beside the rows.',
  push: 'Is called: `POST /api/v1/sources/NAME/records`. Answers are sent to an address, where one is set.',
} as const

const intro = `# Connectors

How records come in and answers go back. This page is made from the schemas that also check the configuration
(\`UPDATE_GOLDEN=1\` with \`test/unit/docs/connectors-documented.test.ts\` writes it anew). \`ecoc source test NAME\` tries a
source step by step; \`ecoc source list\` says whether each answers; \`ecoc source schema CONNECTOR\` prints its schema.

Every answer says the same words, wherever it stands: \`coc_status\` (the state of the eCoC, or \`refused\`), \`coc_ref\` (the
access point's reference), \`coc_at\` (UTC), \`coc_error_code\`, \`coc_error_text\`, \`coc_doc_sha256\`. An answer may be written
again, the newest status counts. One that the source refuses for good is set aside: \`ecoc source parked\`, \`ecoc source retry\`.

A source that does not answer shows within three polls (\`/healthz\`, \`ecoc doctor\`, the page *Sources*), once in the log and
once in the audit; the others go on. It is opened anew by itself and told once when it is back.`

/** `docs/connectors.md`: what every source has, then each connector's own settings. */
export const connectorPage = (connectors: Iterable<SourceConnector>): string =>
  [
    intro,
    '',
    '## Every source',
    '',
    'An entry of `sources` in `gateway.yaml`.',
    '',
    ...table(source),
    ...[...connectors].flatMap((c) => [
      '',
      `## ${c.name}: ${c.title}`,
      '',
      kinds[c.kind ?? 'files'],
      '',
      ...table(c.config),
    ]),
    '',
  ].join('\n')
