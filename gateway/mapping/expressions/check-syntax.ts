import type { ASTNode } from '@marcbachmann/cel-js'
import { isDatePattern } from '../../support/date-pattern.ts'
import { didYouMean } from '../did-you-mean.ts'
import { sameQuantity, unitNames } from '../units.ts'
import { celFunctions, celMacros, celMethods, ownFunctions } from './functions.ts'
import type { Scope } from './scope.ts'
import { maxItems } from './texts.ts'

/** Why an expression is refused, and at which of its characters. */
export interface SyntaxFault {
  readonly code: string
  readonly problem: string
  readonly hint?: string
  readonly at: number
}
/** What an expression names: decides what is laid out for it, and what must be mapped before it. */
export interface Names {
  readonly variables: Set<string>
  /** Variable → names read below it. */
  readonly below: Map<string, Set<string>>
  /** Every name read after a dot or as `["name"]`, wherever. */
  readonly keys: Set<string>
}

/** A loop within a loop over 99 entries each; more than any certificate has, and done in milliseconds. */
const maxSteps = 100_000
const plain: ReadonlySet<string> = new Set(['!=', '==', 'in', '?:', '||', '&&', '!_', '-_', '-', '*', '/', '%'])
export const ordered: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '+'])

class Refused extends Error {
  readonly fault: SyntaxFault
  constructor(fault: SyntaxFault) {
    super(fault.problem)
    this.fault = fault
  }
}

/**
 * Walks an expression before it is ever run: only the operators, functions and names that are meant, and so few steps
 * that it cannot run for long.
 * @param allowed the variables of the place where it stands
 */
export const checkSyntax = (ast: ASTNode, scope: Scope, allowed: readonly string[]): Names | SyntaxFault => {
  const names: Names = { variables: new Set(), below: new Map(), keys: new Set() }
  const refuse = (node: ASTNode, code: string, problem: string, hint = ''): never => {
    throw new Refused({ code, problem, at: node.start, ...(hint === '' ? {} : { hint: hint.trim() }) })
  }
  const literal = (node: ASTNode | undefined): string | undefined =>
    node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined

  const known: Readonly<Record<string, () => Iterable<string>>> = {
    record: () => [...scope.fields.keys()].filter((name) => !name.startsWith('config.')),
    config: () => [...scope.fields.keys()].filter((n) => n.startsWith('config.')).map((n) => n.slice(7)),
    constants: () => scope.constants,
    lookup: () => scope.lookups.keys(),
  }
  const readBelow = (node: ASTNode, variable: string, name: string): void => {
    const list = known[variable]
    if (list) {
      const all = [...list()]
      if (!all.includes(name))
        refuse(
          node,
          'MAP-005',
          `There is no ${variable}.${name}.`,
          didYouMean(name, all) || `There is: ${all.join(', ')}.`,
        )
    } else if (['approval', 'base', 'out'].includes(variable)) {
      const element = scope.elements.find(name)
      if (!element)
        refuse(
          node,
          'MAP-004',
          `"${name}" is no element of IVI ${scope.elements.release}.`,
          didYouMean(name, scope.elements.names()),
        )
      const group = element?.steps.slice(0, -1).find((s) => s.repeats)?.name
      if (group !== undefined)
        refuse(
          node,
          'MAP-006',
          `${name} stands in the repeated group ${group}.`,
          `Write ${variable}.${group}[0].${name}.`,
        )
      if (element?.group && !element.repeats)
        refuse(node, 'MAP-006', `${name} is a group.`, `Name the element itself: ${variable}.NAME.`)
    }
    const there = names.below.get(variable)
    if (there) there.add(name)
    else names.below.set(variable, new Set([name]))
  }
  /** A member of a variable is read whole: `lookup.NAME.COLUMN` checks its column too. */
  const member = (node: ASTNode, of: ASTNode, name: string, locals: readonly string[]): number => {
    names.keys.add(name)
    if (of.op === 'id' && !locals.includes(of.args)) {
      variable(of, locals)
      readBelow(node, of.args, name)
      return 2
    }
    if (of.op === '.' && of.args[0].op === 'id' && of.args[0].args === 'lookup' && !locals.includes('lookup')) {
      const columns = [...(scope.lookups.get(of.args[1]) ?? [])]
      if (scope.lookups.has(of.args[1]) && !columns.includes(name))
        refuse(
          node,
          'MAP-005',
          `The look-up ${of.args[1]} gives no ${name}.`,
          didYouMean(name, columns) || `It gives ${columns.join(', ')}.`,
        )
    }
    return 1 + walk(of, locals)
  }
  const variable = (node: ASTNode & { op: 'id' }, locals: readonly string[]): number => {
    if (locals.includes(node.args)) return 1
    if (!allowed.includes(node.args))
      refuse(
        node,
        'MAP-005',
        `There is no "${node.args}" here.`,
        didYouMean(node.args, [...allowed, ...scope.fields.keys()]) || `There is ${allowed.join(', ')}.`,
      )
    names.variables.add(node.args)
    return 1
  }
  const checkArguments = (node: ASTNode, name: string, list: readonly ASTNode[]): void => {
    const [first, second, third] = list.map(literal)
    if (name === 'code') {
      if (first === undefined) refuse(node, 'MAP-012', 'code() takes the name of a table in quotes first.')
      else if (!scope.tables.has(first))
        refuse(node, 'MAP-005', `There is no table "${first}".`, didYouMean(first, scope.tables.keys()))
    }
    if (name === 'convert') {
      for (const unit of [second, third])
        if (unit === undefined || !unitNames.includes(unit))
          refuse(
            node,
            'MAP-007',
            `"${unit ?? ''}" is no known unit.`,
            `${didYouMean(unit ?? '', unitNames)} Known units: ${unitNames.join(', ')}.`,
          )
      if (!sameQuantity(second ?? '', third ?? ''))
        refuse(node, 'MAP-007', `${second} and ${third} do not measure the same thing.`)
    }
    if (name === 'date' && second !== undefined && !isDatePattern(second))
      refuse(node, 'MAP-007', `"${second}" is no date pattern.`, 'Use DD, MM and YYYY once each, such as DD.MM.YYYY.')
  }
  const sumOf = (nodes: readonly ASTNode[], locals: readonly string[]): number =>
    nodes.reduce((steps, node) => steps + walk(node, locals), 1)

  const walk = (node: ASTNode, locals: readonly string[]): number => {
    if (plain.has(node.op) || ordered.has(node.op)) return sumOf([node.args].flat() as ASTNode[], locals)
    switch (node.op) {
      case 'value':
        if (typeof node.args === 'number')
          refuse(
            node,
            'MAP-012',
            'Numbers with a point are written in quotes, so that they stay exact.',
            `Write "${node.args}".`,
          )
        if (typeof node.args === 'object' && node.args !== null) refuse(node, 'MAP-012', 'Bytes have no place here.')
        return 1
      case 'id':
        return variable(node, locals)
      case '.':
        return member(node, node.args[0], node.args[1], locals)
      case '[]': {
        const key = literal(node.args[1])
        return key === undefined ? sumOf(node.args, locals) : member(node, node.args[0], key, locals)
      }
      case 'list':
        return sumOf(node.args, locals)
      case 'call': {
        const [name, list] = node.args
        if (!ownFunctions.has(name) && !celFunctions.includes(name))
          refuse(
            node,
            'MAP-012',
            `There is no function ${name}().`,
            didYouMean(name, [...ownFunctions, ...celFunctions]) ||
              `There is ${[...ownFunctions].filter((n) => !n.includes('_')).join(', ')}.`,
          )
        checkArguments(node, name, list)
        return sumOf(list, locals)
      }
      case 'rcall': {
        const [name, on, list] = node.args
        if (!celMacros.includes(name)) {
          if (!celMethods.includes(name)) {
            const hint = ownFunctions.has(name)
              ? ` Write ${name}(x, …).`
              : didYouMean(name, [...celMethods, ...celMacros])
            refuse(node, 'MAP-012', `There is no .${name}().`, hint)
          }
          return walk(on, locals) + sumOf(list, locals)
        }
        const [each, ...bodies] = list
        const local = each?.op === 'id' ? each.args : ''
        return walk(on, locals) + maxItems * sumOf(bodies, [...locals, local])
      }
      default:
        return refuse(node, 'MAP-012', `"${node.op === 'map' ? '{…}' : node.op}" has no place in an expression here.`)
    }
  }
  try {
    const steps = walk(ast, [])
    if (steps > maxSteps)
      return {
        code: 'MAP-012',
        problem: `It could take ${steps} steps for one vehicle; ${maxSteps} are allowed.`,
        hint: 'Put loops beside each other, not into each other.',
        at: 0,
      }
    return names
  } catch (error) {
    if (error instanceof Refused) return error.fault
    throw error
  }
}
