const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The known word nearest to a mistyped one, when it is near enough to be meant. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  const wanted = word.slice(0, 100).toLowerCase()
  let best: string | undefined
  // Two letters swapped are two changes; in a very short word that would match anything.
  let least = (wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3))) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue
    const d = distance(wanted, candidate.toLowerCase())
    if (d < least) [best, least] = [candidate, d]
  }
  return best
}

const wordsOf = (name: string): string[] =>
  name
    .slice(0, 100)
    .split(/(?=[A-Z])|[^A-Za-z]+/)
    .map((word) => word.toLowerCase())

/** The longest known word all of whose parts the asked one has: `Colour` for `ColourOfVehicle`. */
const within = (word: string, known: Iterable<string>): string | undefined => {
  const asked = new Set(wordsOf(word))
  if (asked.size < 2) return undefined
  let best: string | undefined
  for (const candidate of known)
    if (
      candidate.length >= 4 &&
      candidate.length > (best?.length ?? 0) &&
      wordsOf(candidate).every((part) => asked.has(part))
    )
      best = candidate
  return best
}

/** ` Did you mean "X"?`, or nothing. */
export const didYouMean = (word: string, known: Iterable<string>): string => {
  const all = [...known]
  const meant = nearest(word, all) ?? within(word, all)
  return meant === undefined ? '' : ` Did you mean "${meant}"?`
}
