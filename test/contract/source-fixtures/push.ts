import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PushFixture } from './fixture.ts'

/** It is called: its world is a file with a token, and callers who know it or not. */
export const openFixture = async (): Promise<PushFixture> => {
  const home = await mkdtemp(join(tmpdir(), 'ecoc-push-'))
  const tokenFile = join(home, 'token')
  let token = 'sample-token'
  await writeFile(tokenFile, token)
  const body = Buffer.from('{}')
  const call = (authorization: string) => ({ headers: { authorization }, body })
  return {
    config: { bearer: { tokenFile } },
    brokenConfig: { bearer: { tokenFile: join(home, 'nowhere') } },
    calls: () =>
      Promise.resolve({
        good: call(`Bearer ${token}`),
        bad: [
          { headers: {}, body },
          ...['Bearer', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token].map(call),
        ],
      }),
    rotate() {
      token = 'another-token'
      return Promise.resolve(() => writeFile(tokenFile, token))
    },
    async vanish() {
      await rename(tokenFile, `${tokenFile}.away`)
      return () => rename(`${tokenFile}.away`, tokenFile)
    },
    close: () => rm(home, { recursive: true, force: true }),
  }
}
