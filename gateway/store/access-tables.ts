import type { Instant } from '../contract/index.ts'

export interface PersonRow {
  name: string
  password: string
  role: string
  created_at: Instant
}
export interface TokenRow {
  hash: string
  name: string
  role: string
  person: string | null
  created_at: Instant
  revoked_at: Instant | null
}
export interface SessionRow {
  hash: string
  person: string
  expires_at: Instant
}
export interface SettingRow {
  key: string
  value: string
}
