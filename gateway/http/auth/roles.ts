/** What a call needs. `signOff` is apart from `admin` on purpose: who runs the gateway does not judge drift (ASVS 2.3.5). */
export type Permission = 'read' | 'operate' | 'signOff' | 'ingest' | 'admin' | 'audit'

export const roles = ['admin', 'operator', 'quality', 'approver', 'auditor', 'ingest', 'viewer'] as const
export type Role = (typeof roles)[number]

/** The one table of who may do what. */
const granted: Readonly<Record<Role, readonly Permission[]>> = {
  admin: ['read', 'operate', 'ingest', 'admin', 'audit'],
  operator: ['read', 'operate'],
  quality: ['read', 'operate', 'signOff'],
  approver: ['read', 'signOff'],
  auditor: ['read', 'audit'],
  // A system that pushes records looks up what became of them.
  ingest: ['read', 'ingest'],
  viewer: ['read'],
}

export const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name)

export const permissionsOf = (role: Role): readonly Permission[] => granted[role]

export const may = (role: Role, permission: Permission): boolean => granted[role].includes(permission)
