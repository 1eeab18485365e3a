import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'

/** Cost of a guess: 32 MiB and some 80 ms (OWASP password storage, scrypt). Kept in the hash, so it may be raised later. */
const cost = { N: 2 ** 15, r: 8, p: 1 }
const keyBytes = 32
const maxmem = 128 * 1024 * 1024

const derive = (password: string, salt: Buffer, c: { N: number; r: number; p: number }): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, { ...c, maxmem }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })

/** Hashes a password as `scrypt$N$r$p$salt$hash` (salt and hash in base64url). */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** What an unknown name is compared with, so that it takes as long as a known one. No password leads to it. */
export const dummyHash = [
  'scrypt',
  cost.N,
  cost.r,
  cost.p,
  randomBytes(16).toString('base64url'),
  randomBytes(32).toString('base64url'),
].join('$')

/** True when the password leads to the hash. Compares in constant time; a hash it cannot read matches nothing. */
export const verifyPassword = async (password: string, stored: string): Promise<boolean> => {
  const match = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]+)\$([\w-]{43})$/.exec(stored)
  if (!match) return false
  const [, n, r, p, salt = '', hash = ''] = match
  const key = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) })
  return timingSafeEqual(key, Buffer.from(hash, 'base64url'))
}

/** Without the letters and digits that are mistaken for each other when read from a screen. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to be read and typed: four groups of five, 99 bits. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')).join(
    '-',
  )
