import { randomBytes } from 'node:crypto'
import type { Instant } from '../../contract/index.ts'
import type { PersonRow, TokenRow } from '../../store/tables.ts'
import { sha256 } from '../../support/hash.ts'
import { badRequest } from '../problem.ts'
import { hashPassword } from './password.ts'
import { isRole, roles } from './roles.ts'

const minPasswordLength = 12
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u

const checkName = (name: string): void => {
  if (!namePattern.test(name))
    throw badRequest(
      'API-017',
      `“${name.slice(0, 64)}” cannot be a name.`,
      'Use 1 to 64 letters, digits, spaces or . _ @ -',
    )
}
const checkRole = (role: string): void => {
  if (!isRole(role))
    throw badRequest('API-018', `There is no role “${role.slice(0, 64)}”.`, `Roles are: ${roles.join(', ')}.`)
}
const now = (): Instant => new Date().toISOString() as Instant

/** 256 bits that nobody guesses; the prefix lets secret scanners find a lost one. */
export const newSecret = (): string => `ecoc_${randomBytes(32).toString('base64url')}`

/**
 * Makes an API token. Only `row` is stored; `token` is shown once and never again.
 * @param person whom the token speaks for; a sign-off by it is that person's.
 * @throws GatewayError API-017 (name), API-018 (role)
 */
export const createToken = (input: {
  name: string
  role: string
  person?: string
}): { token: string; row: TokenRow } => {
  checkName(input.name)
  checkRole(input.role)
  const token = newSecret()
  const row = {
    hash: sha256(token),
    name: input.name,
    role: input.role,
    person: input.person ?? null,
    created_at: now(),
    revoked_at: null,
  }
  return { token, row }
}

/**
 * Makes a person who can log in.
 * @throws GatewayError API-017 (name), API-018 (role), API-019 (password too short)
 */
export const createPerson = async (input: { name: string; password: string; role: string }): Promise<PersonRow> => {
  checkName(input.name)
  checkRole(input.role)
  if (input.password.length < minPasswordLength || input.password.length > 256)
    throw badRequest('API-019', `A password has ${minPasswordLength} to 256 characters.`)
  return { name: input.name, password: await hashPassword(input.password), role: input.role, created_at: now() }
}
