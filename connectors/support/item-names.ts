import { createHash } from 'node:crypto'
import { GatewayError } from '../../gateway/contract/index.ts'

/**
 * A name that stays inside its folder. What a server lists is data from outside.
 * @throws GatewayError SRC-010
 */
export const plainName = (name: string): string => {
  if (name === '' || name === '.' || name === '..' || /[/\\\0\r\n]/.test(name))
    throw new GatewayError({ kind: 'security', code: 'SRC-010', message: `"${name}" is no plain file name.` })
  return name
}

/** Short, whatever the name: with anything added to it, a name of 255 bytes would be too long for the file system. */
export const temporaryName = (name: string): string =>
  `.${createHash('sha256').update(name).digest('hex').slice(0, 16)}.tmp`

/** An item that is not the one any more that was listed. */
export const changedItem = (key: string): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'SRC-011',
    message: `${key} is not the file any more that was listed.`,
    hint: 'It is taken at one of the next polls, when it stands still.',
    params: { key },
  })
