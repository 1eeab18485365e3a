import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type DocumentKind, kindOf } from '../checks/document-kind.ts'
import { locateRoot } from '../checks/located.ts'
import { createRules } from '../checks/run-rules.ts'
import { createSchemaChecks } from '../checks/schema-checks.ts'
import type { RuleSwitch } from '../checks/switch-rules.ts'
import { readOrFinding } from '../commands/arguments.ts'
import { type Finding, isValid } from '../contract/index.ts'
import { readDocument } from '../ivi/read-document.ts'
import { statedProfile } from '../ivi/releases/releases.ts'
import { openReleases } from '../ivi/releases/stored-releases.ts'
import { defaultLimits, tooLarge } from '../ivi/scan-xml.ts'
import { verifyDocument } from '../signature/verify-document.ts'

export type Part = 'schema' | 'rules' | 'signature'

/** What is to be looked at in every file; plain data, so that a worker thread can be told. */
export interface FileCheckOptions {
  readonly parts: readonly Part[]
  /** The signature may be absent, and is not looked at. */
  readonly unsigned: boolean
  readonly trustAnchors: readonly Uint8Array[]
  readonly switches: readonly RuleSwitch[]
  /** The data folder, for the releases of IVI that were imported. */
  readonly dataFolder: string
  /** The day for documents that state no release, YYYY-MM-DD. */
  readonly today: string
  /** Folder against which file names are resolved. */
  readonly cwd: string
}

export interface CheckedFile {
  readonly findings: readonly Finding[]
  /** False when the file itself could not be read; the finding says why. */
  readonly isRead: boolean
  readonly kind: DocumentKind
}

export type CheckFile = (file: string) => Promise<CheckedFile>

const unknown: DocumentKind = { category: '', stage: '', type: '' }

/** Bytes of a file that is larger than any document: it is not taken into memory. 0 for everything else. */
const excessOf = async (file: string, cwd: string): Promise<number> => {
  const found = await stat(resolve(cwd, file)).catch(() => undefined)
  return found?.isFile() && found.size > defaultLimits.maxBytes ? found.size : 0
}

/**
 * Compiles schemas and rules once, for any number of files. A document is held to the release and profile that it states.
 * Throws GatewayError CHECKS-001 to CHECKS-003 (bug), IVI-015 when an imported schema is not what was imported.
 */
export const createFileCheck = async (options: FileCheckOptions): Promise<CheckFile> => {
  const { unsigned, switches, cwd, dataFolder, today } = options
  const parts = new Set(options.parts)
  const trustAnchors = options.trustAnchors.map((bytes) => Buffer.from(bytes))
  const releases = await openReleases(dataFolder)
  const [schema, rules] = await Promise.all([createSchemaChecks(releases), createRules(switches)])
  return async (file) => {
    const excess = await excessOf(file, cwd)
    if (excess > 0) return { findings: [tooLarge(excess, { layer: 'schema' })], isRead: true, kind: unknown }
    const bytes = await readOrFinding(file, cwd)
    if (!Buffer.isBuffer(bytes)) return { findings: [bytes], isRead: false, kind: unknown }
    const findings: Finding[] = []
    const profile = statedProfile(bytes)
    const release = releases.ofDocument(bytes, profile, today)
    const read =
      'code' in release ? { tree: {}, findings: [release] } : readDocument(bytes, { catalogue: release.catalogue })
    const isTree = isValid(read.findings)
    if (parts.has('schema')) findings.push(...schema.check(bytes, { profile, today, unsigned }))
    // The schema says the same about structure; alone, the rules need to say it themselves.
    else if (parts.has('rules')) findings.push(...read.findings)
    if (parts.has('rules') && isTree) findings.push(...rules.check(read.tree))
    if (parts.has('signature') && !unsigned) findings.push(...verifyDocument(bytes, { trustAnchors }).findings)
    return { findings, isRead: true, kind: isTree ? kindOf(locateRoot(read.tree)) : unknown }
  }
}
