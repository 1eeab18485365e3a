import { createHash } from 'node:crypto'
import { defineAccessPoint, SendError, type AccessPointContext } from '../../../gateway/contract/access-point.ts'
import type { TestStep } from '../../../gateway/contract/source.ts'
import { fileDropConfig, type FileDropConfig } from './config.ts'
import { fillName } from './file-names.ts'
import { findReply } from './find-reply.ts'
import { localPlace } from './local-place.ts'
import type { Place } from './place.ts'
import { dropNote, readReply } from './read-reply.ts'
import { sftpPlace } from './sftp-place.ts'

const FILE_NAME = 'file-name'
const NOT_PUT = 'FDR-001'
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown reason')

const openPlace = async (config: FileDropConfig, context: AccessPointContext): Promise<Place> =>
  config.sftp ? sftpPlace(config.sftp, context) : localPlace(context.signal)

const withPlace = async <T>(
  config: FileDropConfig,
  context: AccessPointContext,
  use: (place: Place) => Promise<T>,
): Promise<T> => {
  const place = await openPlace(config, context)
  try {
    return await use(place)
  } finally {
    place.close()
  }
}

/** Lists every folder. Nothing is written: whatever lies in the outbox would be taken for a submission. */
const testConnection = async (config: FileDropConfig, context: AccessPointContext): Promise<TestStep[]> => {
  const steps: TestStep[] = []
  try {
    await withPlace(config, context, async (place) => {
      if (config.sftp) steps.push({ step: 'login', ok: true })
      for (const [step, folder] of Object.entries({
        outbox: config.outbox,
        replies: config.replies,
        taken: config.taken,
      }))
        if (folder !== undefined)
          steps.push(
            await place.list(folder).then(
              () => ({ step, ok: true }),
              (error: unknown) => ({ step, ok: false, detail: reasonOf(error) }),
            ),
          )
    })
  } catch (error) {
    steps.push({ step: 'login', ok: false, detail: reasonOf(error) })
  }
  return steps
}

/** A state that takes documents as files. The drop is not the answer: that is found later beside it. */
export default defineAccessPoint<FileDropConfig>({
  name: 'file-drop',
  title: 'File drop: a folder or an SFTP server',
  config: fileDropConfig,
  delivery: (config) => ({
    idempotentByReference: config.idempotentByReference,
    maxProcessingMs: config.maxProcessing,
    versionAfterRejection: config.versionAfterRejection,
    timeoutMs: config.timeout,
    channel: 'drop',
    reusesEnvelope: true,
    maxBytes: config.maxBytes,
    duplicate: config.duplicate,
  }),
  test: testConnection,
  envelope: (config, document, messageId, { vin, stage, version, profile }) => ({
    bytes: document.bytes,
    contentType: 'application/xml',
    headers: {
      [FILE_NAME]: fillName(config.name, {
        iviReferenceId: document.iviReferenceId,
        vin,
        stage: String(stage),
        version: String(version),
        profile,
        messageId,
      }),
      'message-id': messageId,
    },
  }),
  async send(config, { bytes, headers }, context) {
    if (context.signal.aborted) throw new SendError('stopped before anything was put', false)
    const name = headers[FILE_NAME] ?? ''
    const progress = { mayLie: false }
    const note = (may: boolean): void => {
      progress.mayLie = may
    }
    try {
      return await withPlace(config, context, async (place) => {
        if (await place.put(config.outbox, name, bytes, note)) return dropNote('put', name)
        const there = await place.read(config.outbox, name, bytes.length)
        if (!there) return dropNote('taken', name)
        const sha256 = createHash('sha256').update(there).digest('hex')
        return there.equals(bytes) ? dropNote('already', name) : dropNote('other', name, sha256)
      })
    } catch (error) {
      throw new SendError(`${NOT_PUT}: ${name} was not put: ${reasonOf(error)}`, progress.mayLie, error)
    }
  },
  parse: (config, reply) => readReply(config.reply, reply),
  query: (config, reference, _messageId, context) =>
    withPlace(config, context, (place) => findReply(config, reference, place, context.signal)),
})
