/**
 * Whether the secrets at hand are enough for what a credential asks for: `PIN AND OTP`, `PIN OR (TOKEN XOR OTP)`.
 * AND binds before XOR, XOR before OR (CSC API 2.0, section 8.3.2). False for what cannot be read.
 */
export const suffices = (expression: string, has: (id: string) => boolean): boolean => {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  const take = (token: string): boolean => tokens[at]?.toUpperCase() === token && ++at > 0

  const atom = (): boolean | undefined => {
    if (take('(')) {
      const inner = or()
      return take(')') ? inner : undefined
    }
    const token = tokens[at++]
    return token === undefined || /^(AND|OR|XOR|\))$/i.test(token) ? undefined : has(token)
  }
  const chain =
    (word: string, next: () => boolean | undefined, join: (a: boolean, b: boolean) => boolean) =>
    (): boolean | undefined => {
      let left = next()
      while (take(word)) {
        const right = next()
        left = left === undefined || right === undefined ? undefined : join(left, right)
      }
      return left
    }
  const and = chain('AND', atom, (a, b) => a && b)
  const xor = chain('XOR', and, (a, b) => a !== b)
  const or = chain('OR', xor, (a, b) => a || b)

  return or() === true && at === tokens.length
}
