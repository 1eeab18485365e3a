import { defineSource, type GatewayError } from '../../gateway/contract/index.ts'
import { temporaryName } from '../support/item-names.ts'
import { type NamedStep, reachSteps, runSteps } from '../support/run-steps.ts'
import { bucketOf } from './bucket.ts'
import { s3Config, type S3Config } from './config.ts'
import { openS3 } from './open-s3.ts'
import { openSession } from './session.ts'

/** Where the first connection goes: to the proxy, or to the host that has the bucket in its name or not. */
const firstHost = ({ endpoint, proxy, pathStyle, bucket }: S3Config): { host: string; port: number } => {
  const { protocol, hostname, port } = new URL(proxy ?? endpoint)
  const host = hostname.replace(/^\[|\]$/g, '')
  return {
    host: proxy !== undefined || pathStyle ? host : `${bucket}.${host}`,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  }
}

/** One call shows a wrong certificate, a wrong key or missing rights, which are three steps. */
const callSteps = (call: () => Promise<unknown>, isTls: boolean): NamedStep[] => {
  let refusal: GatewayError | undefined
  const first = async (): Promise<void> => {
    await call().catch((error: unknown) => (refusal = error as GatewayError))
    throwIf('SRC-050', 'SRC-051')
  }
  const throwIf = (...codes: string[]): void => {
    if (refusal && codes.includes(refusal.code)) throw refusal
  }
  return [
    [isTls ? 'TLS chain' : 'HTTP', first],
    ['login', () => Promise.resolve().then(() => throwIf('SRC-052'))],
    ['list', () => (refusal === undefined ? Promise.resolve() : Promise.reject(refusal))],
  ]
}

export default defineSource({
  name: 's3',
  title: 'Bucket of an S3 storage service',
  kind: 'files',
  config: s3Config,
  async test(config, context) {
    const { bucket: Bucket, prefix } = config
    const { signal } = context
    const session = await openSession(config, context)
    const { trying } = bucketOf(config, session)
    const name = temporaryName(`probe-${process.pid}`)
    const [probe, put] = [`${prefix}${name}`, `${prefix}${config.archive}/${name}`]
    const source = `${Bucket}/${probe.split('/').map(encodeURIComponent).join('/')}`
    const made: { Key: string; VersionId?: string | undefined }[] = []
    const remove = (): Promise<void> =>
      trying('delete an object', signal, async (s3, o) => {
        for (const one of made.splice(0)) await s3.deleteObject({ Bucket, ...one }, o)
      })
    const { host, port } = firstHost(config)
    try {
      return await runSteps([
        ...reachSteps(host, port, signal),
        ...callSteps(
          () =>
            trying('list the objects', signal, (s3, o) =>
              s3.listObjectsV2({ Bucket, Prefix: prefix, Delimiter: '/', MaxKeys: 1 }, o),
            ),
          config.endpoint.startsWith('https:'),
        ),
        [
          'write',
          () =>
            trying('write an object', signal, async (s3, o) => {
              const { VersionId } = await s3.putObject({ Bucket, Key: probe, Body: Buffer.from('probe') }, o)
              made.push({ Key: probe, VersionId })
            }),
        ],
        [
          'read',
          () =>
            trying('read an object', signal, async (s3, o) => {
              await (await s3.getObject({ Bucket, Key: probe }, o)).Body?.transformToByteArray()
            }),
        ],
        [
          'archive',
          () =>
            trying('put an object away', signal, async (s3, o) => {
              const { VersionId } = await s3.copyObject({ Bucket, Key: put, CopySource: source }, o)
              made.push({ Key: put, VersionId })
            }),
        ],
        ['delete', remove],
      ])
    } finally {
      // A step that failed leaves no probe behind, as far as we may delete.
      await remove().catch(() => undefined)
      session.close()
    }
  },
  open: openS3,
})
