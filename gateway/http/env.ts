import type { Permission, Role } from './auth/roles.ts'

/** Who calls. `name` is what the audit chain keeps: the person, or `token:` and the token's name where it is nobody's. */
export interface Actor {
  readonly name: string
  readonly role: Role
  readonly via: 'token' | 'session'
}

/** What middleware hands to the routes. */
export interface Env {
  Variables: { actor: Actor }
}

/** One operation of the OpenAPI document; it stands beside the route it describes. */
export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  /** What the caller's role must be granted; `none` for what is open to all. */
  readonly 'x-permission': Permission | 'none' | 'any'
  readonly security?: readonly object[]
  readonly parameters?: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
}
export type Paths = Readonly<Record<string, Partial<Record<'get' | 'post' | 'delete', Operation>>>>
