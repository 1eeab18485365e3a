export type Verdict = 'refuses' | 'accepts' | '–'

/** One attack, with the code that the gateway refuses it by, and what others say of the same bytes. */
export interface AttackRow {
  readonly kind: string
  readonly how: string
  readonly code: string
  readonly others: Readonly<Record<string, Verdict>>
}

const titles: Readonly<Record<string, string>> = {
  wrapping: 'Wrapping: signed content stays somewhere, other content stands where readers look',
  readers: 'Texts that readers understand in two ways',
  algorithms: 'Weak algorithms, transforms, references to something else',
  keys: 'Keys and certificates of others, of nobody, or for something else',
  'time stamps and revocation': 'Time stamps and revocation',
}

const tableOf = (rows: readonly AttackRow[], programs: readonly string[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  return [
    line(['attack', 'refused by', ...programs]),
    line(['---', '---', ...programs.map(() => '---')]),
    ...rows.map(({ how, code, others }) =>
      line([
        cell(how),
        `\`${code}\``,
        ...programs.map((p) => (others[p] === 'accepts' ? '**accepts**' : (others[p] ?? '–'))),
      ]),
    ),
  ].join('\n')
}

/** The line that says what was asked: program by version. */
export const versionsLine = (versions: Readonly<Record<string, string>>): string =>
  `Asked: ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.`

/** docs/attacks.md: every attack of the catalogue, and who lets it pass. @param versions program → version */
export const attacksPage = (rows: readonly AttackRow[], versions: Readonly<Record<string, string>>): string => {
  const programs = Object.keys(versions)
  const passed = (program: string): number => rows.filter(({ others }) => others[program] === 'accepts').length
  const kinds = [...new Set(rows.map(({ kind }) => kind))]
  return `# Attacks on signatures

Generated from the catalogue in \`test/unit/signature/attacks/\` by \`UPDATE_GOLDEN=1 node test/run-tests.mjs test/unit/docs/attacks-documented.test.ts\`.

${rows.length} ways to pass something off as signed, by ${new Set(rows.map(({ code }) => code)).size} codes. The gateway refuses each (\`TRU-135\` is the one that only takes
away the time stamp's worth: the signature stays what it is). What the codes mean stands in [errors](errors.md).

The other programs are asked as a careful caller would: is the signature good, and does its certificate lead to the same root? xml-crypto
and xadesjs leave the second to their caller; here Node looks at issuers and signatures of the chain, not at dates and extensions.
xml-crypto and Java are also asked whether there are two references. None is asked about revocation or time stamps, and none is wrong by its
own rules: what they let pass is what XML Signature allows, and whoever verifies with them must look at the rest himself. \`–\`: not asked,
since not all can be told the time.

${versionsLine(versions)} They accept: ${programs.map((p) => `${p} ${passed(p)}`).join(', ')} of ${rows.length}.

${kinds
  .map(
    (kind) =>
      `## ${titles[kind] ?? kind}\n\n${tableOf(
        rows.filter((row) => row.kind === kind),
        programs,
      )}`,
  )
  .join('\n\n')}
`
}

/** What a page says of others, to be taken where a program is not at hand or of another version. */
export const readAttacksPage = (
  page: string,
): { versions: Record<string, string>; verdictOf: (how: string, program: string) => Verdict | undefined } => {
  const said = /^Asked: (.*?)\. They/m.exec(page)?.[1] ?? ''
  const versions = Object.fromEntries(
    said.split(', ').map((one) => [one.replace(/ \S+$/, ''), one.replace(/^.* /, '')] as const),
  )
  const programs = Object.keys(versions)
  const cells = new Map<string, readonly string[]>()
  for (const line of page.split('\n').filter((l) => l.startsWith('| '))) {
    const [how = '', , ...verdicts] = line.slice(2, -2).split(' | ')
    cells.set(how.replaceAll('&lt;', '<').replaceAll('\\|', '|'), verdicts)
  }
  const verdictOf = (how: string, program: string): Verdict | undefined => {
    const verdict = cells.get(how)?.[programs.indexOf(program)]?.replaceAll('*', '')
    return verdict === 'refuses' || verdict === 'accepts' || verdict === '–' ? verdict : undefined
  }
  return { versions, verdictOf }
}
