import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { type IviElement, ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { type Dice, diceOf } from './dice.ts'

const gaps = ['', '', '\n', '\r\n  ', '\t', ' ']
const marks: Readonly<Record<string, readonly string[]>> = {
  '&': ['&amp;', '&#38;', '&#x26;'],
  '<': ['&lt;', '&#60;'],
  '>': ['>', '&gt;'],
  '"': ['"', '&quot;'],
  '\r': ['&#13;', '&#xD;'],
  '\n': ['\n', '\r\n', '&#10;'],
}

const textOf = (dice: Dice, text: string): string => {
  if (!/[\r]|]]>/.test(text) && dice.chance(0.1)) return `<![CDATA[${text}]]>`
  return Array.from(text)
    .map((character) => {
      const known = marks[character]
      if (known) return dice.pick(known)
      return dice.chance(0.02) ? `&#${character.codePointAt(0) ?? 0};` : character
    })
    .join('')
}

const shuffled = <T>(dice: Dice, list: readonly T[]): T[] => {
  const left = [...list]
  return list.map(() => left.splice(dice.whole(0, left.length - 1), 1)[0] as T)
}

/**
 * The same document in other words: other order where the schema leaves it free, a prefix, white space between elements,
 * CDATA, character references, a declaration, a byte order mark, comments around the root.
 */
export const respell = (tree: IviTree, random: () => number): string => {
  const dice = diceOf(random)
  const prefix = dice.pick(['', '', 'v', 'ivi2'])
  const name = (element: IviElement): string => (prefix === '' ? element.name : `${prefix}:${element.name}`)
  const gap = (): string => dice.pick(gaps)
  const write = (element: IviElement, node: IviTree | string, attributes = ''): string => {
    const [open, close] = [`<${name(element)}${attributes}${dice.pick(['', ' '])}>`, `</${name(element)}>`]
    return open + (typeof node === 'string' ? textOf(dice, node) : content(element, node)) + close
  }
  const content = (group: IviElement, node: IviTree): string =>
    shuffled(dice, group.children)
      .flatMap((child) => {
        const found = node[child.name]
        const rows = Array.isArray(found) ? found : found === undefined ? [] : [found]
        return rows.map((row) => gap() + write(child, row))
      })
      .join('') + gap()
  const quote = dice.pick(['"', "'"])
  const declaration = dice.pick([
    '',
    '<?xml version="1.0"?>',
    "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n",
  ])
  const space = `${prefix === '' ? ' xmlns' : ` xmlns:${prefix}`}=${quote}${ivi20.namespace}${quote}`
  const before = dice.pick(['', declaration === '' ? '' : '\n<!-- aside -->'])
  return (
    dice.pick(['', '\ufeff']) +
    declaration +
    before +
    write(ivi20.root, tree, space) +
    dice.pick(['', '\n', '<!-- end -->'])
  )
}
