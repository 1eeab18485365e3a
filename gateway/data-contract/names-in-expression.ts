/** A text in quotes that is no name: names stand in square brackets (`record["odd name"]`). */
const texts = /(?<!\[\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g

/** The names that an expression reads below a variable: `record.MASS`, `record["odd name"]`. */
export const namesInExpression = (text: string, variable: string): readonly string[] => {
  const below = new RegExp(
    String.raw`(?<![\w.])${variable}\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(?:"([^"]*)"|'([^']*)')\s*\])`,
    'g',
  )
  return [...text.replaceAll(texts, "''").matchAll(below)].map(
    ([, plain, double, single]) => plain ?? double ?? single ?? '',
  )
}

/** Every field of the record that an expression reads; characteristics as `config.NAME`. */
export const fieldsInExpression = (text: string): readonly string[] => [
  ...namesInExpression(text, 'record'),
  ...namesInExpression(text, 'config').map((name) => `config.${name}`),
]
