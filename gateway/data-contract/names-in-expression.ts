/** Texts in quotes; one that follows a square bracket may be a name (`record["odd name"]`) and is taken with its bracket. */
const texts = /(\[\s*)?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g
const withoutTexts = (text: string): string =>
  text.replaceAll(texts, (found, bracket: string | undefined) => (bracket === undefined ? "''" : found))

/** The names that an expression reads below a variable: `record.MASS`, `record["odd name"]`. */
export const namesInExpression = (text: string, variable: string): readonly string[] => {
  const below = new RegExp(
    String.raw`(?<![\w.])${variable}\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(?:"([^"]*)"|'([^']*)')\s*\])`,
    'g',
  )
  return [...withoutTexts(text).matchAll(below)].map(([, plain, double, single]) => plain ?? double ?? single ?? '')
}

/** Every field of the record that an expression reads; characteristics as `config.NAME`. */
export const fieldsInExpression = (text: string): readonly string[] => [
  ...namesInExpression(text, 'record'),
  ...namesInExpression(text, 'config').map((name) => `config.${name}`),
]
