import { writeFile } from 'node:fs/promises'
import { startS3Server } from '../../support/s3-server.ts'
import type { SourceFixture } from './fixture.ts'

const prefix = 'export/sage-x3/'

/** A prefix of a bucket on an S3 server from npm; the test looks at the same bucket from behind. */
export const openFixture = async (): Promise<SourceFixture> => {
  const server = await startS3Server()
  const config = { ...server.config, prefix }
  const { behaviour } = server.front
  const denying = (denies: (method: string) => boolean) => {
    behaviour.denies = denies
    return Promise.resolve(() => {
      delete behaviour.denies
      return Promise.resolve()
    })
  }
  return {
    config,
    brokenConfig: { ...config, bucket: 'nowhere' },
    put: (name, content) => server.put(`${prefix}${name}`, content),
    replaceUnseen: (name, content) => server.put(`${prefix}${name}`, content),
    look: (name) => server.get(`${prefix}${name}`),
    lookInArchive: (name) => server.get(`${prefix}archive/${name}`),
    names: async () => {
      const names = (await server.keys(prefix)).map((key) => key.slice(prefix.length).split('/')[0] ?? '')
      return [...new Set(names)]
    },
    /** A bucket knows no links and pipes. What could be taken for one lies deeper, beside, or is a folder's own object. */
    async putOddities() {
      await server.put(`${prefix}sub/deep.csv`, Buffer.from('deep'))
      await server.put(`${prefix}sub/`, Buffer.alloc(0))
      await server.put(prefix, Buffer.alloc(0))
      await server.put('secret.txt', Buffer.from('secret'))
      return { linkName: 'link.csv', outside: async () => String(await server.get('secret.txt')) }
    },
    vanish() {
      behaviour.isGone = true
      return Promise.resolve(() => {
        behaviour.isGone = false
        return Promise.resolve()
      })
    },
    loseRights: () => denying(() => true),
    refuseWriting: () => denying((method) => method !== 'GET' && method !== 'HEAD'),
    hang() {
      behaviour.hangs = true
      return Promise.resolve(() => {
        behaviour.hangs = false
        return Promise.resolve()
      })
    },
    rotate() {
      behaviour.accessKeyId = 'second-key'
      return Promise.resolve(() => writeFile(server.accessKeyId, 'second-key\n'))
    },
    async rename(from, to) {
      await server.put(`${prefix}${to}`, (await server.get(`${prefix}${from}`)) ?? Buffer.alloc(0))
      await server.remove(`${prefix}${from}`)
    },
    putHuge: (name, bytes) => server.putInParts(`${prefix}${name}`, bytes),
    close: () => server.close(),
  }
}
