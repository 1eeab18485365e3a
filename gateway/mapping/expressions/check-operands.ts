import type { ASTNode } from '@marcbachmann/cel-js'
import { ordered, type SyntaxFault } from './check-syntax.ts'

/**
 * After the types are known: `<` is for whole numbers and `+` for texts, so that no number is ever put in the order of the
 * alphabet and no list grows.
 */
export const checkOperands = (ast: ASTNode): SyntaxFault | undefined => {
  const typeOf = (node: ASTNode): string => (node as { checkedType?: { name?: string } }).checkedType?.name ?? 'dyn'
  const visit = (node: unknown): SyntaxFault | undefined => {
    if (Array.isArray(node)) {
      for (const each of node) {
        const fault = visit(each)
        if (fault) return fault
      }
      return undefined
    }
    if (typeof node !== 'object' || node === null || !('op' in node)) return undefined
    const at = node as ASTNode
    if (ordered.has(at.op)) {
      const types = (at.args as [ASTNode, ASTNode]).map(typeOf)
      if (at.op === '+') {
        if (!types.some((type) => type === 'string' || type === 'int'))
          return {
            code: 'MAP-012',
            problem: '"+" joins texts; one side at least must be known to be one.',
            hint: 'Use text(x) + text(y), or add(x, y) for numbers.',
            at: at.start,
          }
      } else if (!types.every((type) => type === 'int'))
        return {
          code: 'MAP-012',
          problem: `"${at.op}" compares whole numbers only.`,
          hint: 'Write compare(a, b) > 0 for numbers, before(a, b) for days.',
          at: at.start,
        }
    }
    return visit(at.args)
  }
  return visit(ast)
}
