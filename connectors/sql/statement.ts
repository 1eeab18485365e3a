/** One SQL statement with named places for values, such as `:watermark`. */
export interface Statement {
  /** The text around the places: one more than there are names. */
  readonly parts: readonly string[]
  readonly names: readonly string[]
  /** The words outside of texts, quoted names and remarks, in lower case. */
  readonly words: readonly string[]
}

/**
 * Texts, quoted names, remarks and PostgreSQL's `$$…$$`: what stands in them is no SQL. A backslash before a quote means
 * another thing in each engine and is not taken.
 */
const closed = [
  /'(?:[^'\\]|''|\\[^'])*'/y,
  /"(?:[^"]|"")*"/y,
  /`(?:[^`]|``)*`/y,
  /\[[^\]\r\n]*\]/y,
  /--[^\n]*/y,
  /\/\*(?:[^*]|\*(?!\/))*\*\//y,
  /\$([A-Za-z_]*)\$[^]*?\$\1\$/y,
]
const place = /:([A-Za-z_][A-Za-z0-9_]*)/y
const cast = /::/y
const word = /[A-Za-z_][A-Za-z0-9_$#]*/y

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const skipped = (text: string, at: number): number => {
  for (const pattern of [...closed, cast]) {
    const found = matchAt(pattern, text, at)
    if (found) return found[0].length
  }
  return 0
}

/**
 * Takes a statement apart. Values are bound at its places and never become part of the text.
 * @returns what is wrong with it, where it cannot be taken
 */
export const parseStatement = (text: string): Statement | string => {
  const parts: string[] = []
  const names: string[] = []
  const words: string[] = []
  let part = ''
  for (let at = 0; at < text.length;) {
    const skip = skipped(text, at)
    const named = skip > 0 ? null : matchAt(place, text, at)
    const known = skip > 0 || named ? null : matchAt(word, text, at)
    const char = text[at] ?? ''
    if (skip === 0 && /['"`]/.test(char)) return `the ${char} is not closed`
    if (skip === 0 && text.startsWith('/*', at)) return 'a remark is not closed'
    if (skip === 0 && char === ';' && text.slice(at + 1).trim() === '') break
    if (skip === 0 && char === ';') return 'only one statement is run'
    if (known) words.push(known[0].toLowerCase())
    if (named) {
      names.push(named[1] ?? '')
      parts.push(part)
      part = ''
    } else part += skip > 0 ? text.slice(at, at + skip) : (known?.[0] ?? char)
    at += skip > 0 ? skip : (named?.[0].length ?? known?.[0].length ?? 1)
  }
  return { parts: [...parts, part], names, words }
}

/** The statement as a driver wants it, each place by its own sign. */
export const render = (statement: Statement, sign: (name: string, index: number) => string): string =>
  statement.parts
    .map((part, i) => part + (i < statement.names.length ? sign(statement.names[i] ?? '', i) : ''))
    .join('')

const changing = new Set(
  'insert update delete merge into exec execute call drop alter create truncate grant revoke lock declare'.split(' '),
)

/** @returns what is wrong with a statement for reading */
export const faultOfRead = (text: string, needed: readonly string[]): string | undefined => {
  const statement = parseStatement(text)
  if (typeof statement === 'string') return statement
  if (!['select', 'with'].includes(statement.words[0] ?? ''))
    return 'a statement for reading begins with SELECT or WITH'
  const found = statement.words.find((w) => changing.has(w))
  if (found !== undefined)
    return `${found.toUpperCase()} does not stand in a statement for reading; quote it where it is a name`
  return faultOfPlaces(statement, ['watermark', 'key', 'limit'], needed)
}

/** The words that stand at every source, and what says which record it is. */
export const statusPlaces = [
  ...['key', 'recordKey', 'vin'],
  ...['coc_status', 'coc_ref', 'coc_at', 'coc_error_code', 'coc_error_text', 'coc_doc_sha256'],
]

/** @returns what is wrong with a statement that writes a status */
export const faultOfWrite = (text: string): string | undefined => {
  const statement = parseStatement(text)
  if (typeof statement === 'string') return statement
  if (statement.words[0] !== 'update') return 'a statement for the status begins with UPDATE'
  if (!statement.words.includes('where')) return 'without WHERE it would change every row'
  const names = statement.names.some((n) => ['key', 'recordKey', 'vin'].includes(n))
  return names ? faultOfPlaces(statement, statusPlaces, []) : 'its WHERE names the row by :key, :recordKey or :vin'
}

const faultOfPlaces = ({ names }: Statement, known: readonly string[], needed: readonly string[]) => {
  const strange = names.find((n) => !known.includes(n))
  if (strange !== undefined) return `:${strange} is none of ${known.map((n) => `:${n}`).join(', ')}`
  const missing = needed.find((n) => !names.includes(n))
  return missing === undefined ? undefined : `:${missing} does not stand in it`
}
