import { defineAccessPoint, SendError } from '../../../gateway/contract/access-point.ts'
import { fillName } from '../file-drop/file-names.ts'
import { manualConfig, type ManualConfig } from './config.ts'
import { readRecordedReply } from './recorded-reply.ts'

const BY_HAND = 'MAN-001'

/** A portal: a person hands in the exported document and records what the portal answered. */
export default defineAccessPoint<ManualConfig>({
  name: 'manual',
  title: 'Portal: handed in by a person',
  config: manualConfig,
  delivery: (config) => ({
    // Nothing is ever sent twice by itself: a person does it or does not.
    idempotentByReference: false,
    maxProcessingMs: config.maxProcessing,
    versionAfterRejection: config.versionAfterRejection,
    timeoutMs: 1_000,
    channel: 'hand',
    reusesEnvelope: true,
    maxBytes: config.maxBytes,
    duplicate: 'ask',
  }),
  test: (config) =>
    Promise.resolve([{ step: 'portal', ok: true, detail: config.portal ?? 'a person hands in, nothing is called' }]),
  envelope: (config, document, messageId, { vin, stage, version, profile }) => ({
    bytes: document.bytes,
    contentType: 'application/xml',
    headers: {
      'file-name': fillName(config.fileName, {
        iviReferenceId: document.iviReferenceId,
        vin,
        stage: String(stage),
        version: String(version),
        profile,
      }),
      'message-id': messageId,
    },
  }),
  send: () => Promise.reject(new SendError(`${BY_HAND}: a person hands this document in at the portal`, false)),
  parse: (_config, reply) => readRecordedReply(reply),
})
