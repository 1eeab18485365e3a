import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import { z } from 'zod'
import type { SignerKey, SignerKind } from './signer-kind.ts'

/** `.ts` in the checkout, `.js` once built. */
const extension = extname(import.meta.url)

const load = async (): Promise<SignerKind[]> => {
  const home = new URL('./', import.meta.url)
  const found: SignerKind[] = []
  for (const entry of readdirSync(home, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const module = new URL(`${entry.name}/signer-kind${extension}`, home)
    if (!entry.isDirectory() || !existsSync(module)) continue
    found.push(((await import(module.href)) as { default: SignerKind }).default)
  }
  return found
}

/** Every kind of signer there is, found by its folder: adding one needs no edit anywhere else. */
export const signerKinds: ReadonlyMap<string, SignerKind> = new Map((await load()).map((k) => [k.kind, k]))

/** Settings of a key: which ones there are is decided by `kind`. */
export const signerKey = z.discriminatedUnion(
  'kind',
  [...signerKinds.values()].map(({ schema }) => schema) as unknown as [z.ZodObject<{ kind: z.ZodLiteral<string> }>],
) as unknown as z.ZodType<SignerKey, SignerKey>
