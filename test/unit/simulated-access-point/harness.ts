import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig, type EuSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import type { TlsMaterial } from '../../../gateway/contract/access-point.ts'
import type { SignedDocument } from '../../../gateway/contract/flow.ts'
import type { IviReferenceId, MessageId, Sha256 } from '../../../gateway/contract/ids.ts'
import { interpretReply } from '../../../gateway/receipts/interpret-reply.ts'
import { makeExpiredCertificate } from '../../../gateway/sandbox/simulated-access-point/expired-certificate.ts'
import { readRevocationList } from '../../../gateway/sandbox/simulated-access-point/revocation-list.ts'
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../gateway/sandbox/simulated-access-point/run-simulator.ts'
import { queryAttempt, sendAttempt, type AttemptResult } from '../../../gateway/submission/send-attempt.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { examplePki } from '../../support/pki.ts'
import { testFiles } from '../../support/site-files.ts'
import { testFacts } from '../../support/submission-facts.ts'

export const pkiDir = async (): Promise<string> => (await examplePki()).dir

export const clientTls = async (pki: string, name = 'client'): Promise<TlsMaterial> => ({
  certificate: await readFile(join(pki, `${name}.chain.pem`)),
  key: await readFile(join(pki, `${name}.key`)),
  trustAnchors: [await readFile(join(pki, 'root.crt'))],
})

export const vin = 'YARTN2EVHDTEST123'

/** A small document; the checks of these tests are stand-ins, the real ones have tests of their own. */
export const makeDocument = (content = 'good', reference: string = randomUUID()): SignedDocument => {
  const xml =
    `<InitialVehicleInformation xmlns="http://eu.ereg.initialvehicleinformation.v2"><Header>` +
    `<IviReferenceId>${reference}</IviReferenceId><IviVersionNumber>1</IviVersionNumber></Header><CocDataGroup>` +
    `<VehicleIdentificationNumber>${vin}</VehicleIdentificationNumber><Type>${content} é&amp;</Type></CocDataGroup>` +
    `</InitialVehicleInformation>`
  const bytes = Buffer.from(xml)
  return { bytes, sha256: sha256(bytes), iviReferenceId: reference as IviReferenceId, certificateSha256: '' as Sha256 }
}

/** Stand-in checks: a document that contains a word is refused by the layer of that name. */
export const checks: SimulatorOptions['checks'] = {
  schema: (bytes) =>
    bytes.includes('bad-schema')
      ? [{ code: 'SCH-TYPE-001', layer: 'schema', severity: 'error', path: '/A/B[2]', message: 'wrong <type> & more' }]
      : [],
  rules: (bytes) =>
    bytes.includes('bad-rule')
      ? [{ code: 'CHK-X-001', layer: 'rules', severity: 'error', path: '/A', message: 'rule' }]
      : [],
  verify: (bytes) => ({
    valid: !bytes.includes('bad-signature'),
    level: 'XAdES-B',
    signer: 'CN=test',
    trust: bytes.includes('bad-trust') ? 'untrusted' : 'trusted',
    signedAt: undefined,
    certificateSha256: undefined,
    findings: [],
  }),
  signer: (bytes) =>
    bytes.includes('bad-signer')
      ? [{ code: 'SIM-TRUST-002', layer: 'signature', severity: 'error', path: '/', message: 'not his' }]
      : [],
}

export const simulatorOptions = async (dir: string, pki: string): Promise<SimulatorOptions> => ({
  dir,
  tls: {
    certificate: await readFile(join(pki, 'server.chain.pem')),
    key: await readFile(join(pki, 'server.key')),
    clientAnchors: [await readFile(join(pki, 'root.crt')), await readFile(join(pki, 'issuing.crt'))],
    isRevoked: readRevocationList(await readFile(join(pki, 'issuing.crl'))),
  },
  expiredCertificate: () => makeExpiredCertificate(pki),
  checks,
  sampleBase: {
    signed: async (of) => Buffer.from(makeDocument('base').bytes.toString().replace(vin, of)),
    info: () => ({ wheelbase: 3450 }),
  },
})

export const control = async (
  simulator: Pick<Simulator, 'control'>,
  path: string,
  body?: unknown,
  type = 'application/json',
) => {
  const init =
    body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }
  const response = await fetch(`${simulator.control}/_control/${path}`, { ...init, headers: { 'content-type': type } })
  return { status: response.status, json: await response.json() }
}

/** A gateway's side of the wire: the connector with a profile for this endpoint. */
export const makeClient = (endpoint: string, tls: TlsMaterial | undefined, more: Record<string, unknown> = {}) => {
  const config: EuSoapConfig = euSoapConfig.parse({ endpoint, timeout: '4s', ...more })
  const context = () => ({ signal: new AbortController().signal, tls, files: testFiles })
  const messageId = () => randomUUID() as MessageId
  const understand = (document: SignedDocument, operation: 'submit' | 'query', result: AttemptResult) => {
    if (result.kind !== 'answered') return { kind: result.kind, reason: result.reason }
    const reply = eusoap.parse(config, result.reply)
    const { idempotentByReference } = config
    const meaning = interpretReply(reply, { ...document, operation, idempotentByReference })
    return { kind: result.kind, reply, next: meaning.next, receipt: meaning.receipt }
  }
  return {
    config,
    submit: async (document: SignedDocument, id = messageId()) =>
      understand(
        document,
        'submit',
        await sendAttempt(eusoap, config, eusoap.envelope(config, document, id, testFacts), context()),
      ),
    query: async (document: SignedDocument) =>
      understand(
        document,
        'query',
        await queryAttempt(eusoap, config, document.iviReferenceId, messageId(), context()),
      ),
    retrieve: (of: string) => eusoap.retrieve!(config, of, messageId(), context()),
    test: () => eusoap.test(config, context()),
  }
}

/** A simulator in this process with stand-in checks; `close` removes its folder. */
export const openSimulator = async () => {
  const pki = await pkiDir()
  const dir = await mkdtemp(join(tmpdir(), 'ecoc-simulator-'))
  const simulator = await startSimulator(await simulatorOptions(dir, pki))
  const tls = await clientTls(pki)
  return {
    ...simulator,
    dir,
    pki,
    tls,
    client: (more: Record<string, unknown> = {}) => makeClient(simulator.endpoint, tls, more),
    behave: (behaviour: string, probability = 1, seed = 1) =>
      control(simulator, 'behaviour', { behaviour, probability, seed }),
    accepted: async () =>
      (await control(simulator, 'accepted')).json as { iviReferenceId: string; count: number; sha256: string }[],
    requests: async () => (await control(simulator, 'requests')).json as Record<string, string>[],
    close: async () => {
      await simulator.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
