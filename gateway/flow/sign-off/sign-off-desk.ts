import type { EcocId } from '../../contract/index.ts'
import { attachmentName, attachmentType, maxAttachmentBytes } from '../../sign-off/attachment-type.ts'
import { type Contributor, type Decider, mayDecide } from '../../sign-off/may-decide.ts'
import type { WeighingInput } from '../../sign-off/weighing-input.ts'
import type { AttachmentInfo, SignOffOfEcoc } from '../../store/repositories/sign-offs.ts'
import type {
  DelegationRow,
  EcocRow,
  SignOffAttachmentRow,
  SignOffDecisionRow,
  SignOffRow,
} from '../../store/tables.ts'
import { event, insert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { newId } from '../../support/new-id.ts'
import { refuse, wrongState } from '../actions/refuse.ts'
import type { Tools } from '../tools.ts'
import { type DelegationInput, endDelegation, makeDelegation } from './delegations.ts'
import { type History, historyOf, type TrendLine, trendLines } from './history-of.ts'
import { approversOf, delegatorsOf, type HoldsRight, isSandbox, questionOf } from './question-of.ts'
import { type RecordedWeighing, recordWeighing } from './record-weighing.ts'

/** Whether somebody may approve, and if not, why. */
export interface Standing {
  readonly mayDecide: boolean
  readonly whyNot: { readonly code: string; readonly detail: string } | null
  readonly onBehalfOf: string | null
}
/** A sign-off with all that belongs to it. */
export interface SignOffFile {
  readonly ecoc: EcocRow
  readonly signOff: SignOffRow
  readonly approvers: { readonly needed: number; readonly given: number }
  readonly standing: Standing
  readonly contributors: readonly Contributor[]
  readonly decisions: readonly SignOffDecisionRow[]
  readonly attachments: readonly AttachmentInfo[]
  readonly history: readonly History[]
}
export interface QueueLine {
  readonly signOff: SignOffOfEcoc
  readonly approvers: { readonly needed: number; readonly given: number }
  readonly standing: Standing
}

/** What people see and do about sign-offs, besides deciding. */
export interface SignOffDesk {
  queue(state: 'open' | 'decided', who: Decider, holdsRight: HoldsRight): Promise<QueueLine[]>
  /** The newest sign-off of an eCoC; undefined where none was ever asked for. */
  file(ecoc: EcocRow, who: Decider, holdsRight: HoldsRight): Promise<SignOffFile | undefined>
  attach(id: EcocId, input: { name: string; bytes: Buffer }, actor: string): Promise<AttachmentInfo>
  attachment(id: EcocId, attachment: string): Promise<SignOffAttachmentRow | undefined>
  delegations(): Promise<DelegationRow[]>
  delegate(input: DelegationInput, from: string): Promise<DelegationRow>
  endDelegation(id: string, actor: string): Promise<void>
  delegatorsOf(person: string, holdsRight: HoldsRight): Promise<string[]>
  weigh(input: WeighingInput, actor: string): Promise<RecordedWeighing>
  history(variant: string): Promise<History[]>
  trends(): Promise<TrendLine[]>
  settings(): Tools['config']['signOff']
}

const longest = 200
/** A variant that was not built for so long is not listed among the trends. */
const shownFor = 90 * 24 * 60 * 60 * 1000

/** @param firstStage name of the stage at which a record begins */
export const createSignOffDesk = (tools: Tools, firstStage: string): SignOffDesk => {
  const { store, clock } = tools
  const standingOf = async (ecoc: EcocRow, signOff: SignOffRow, who: Decider, holdsRight: HoldsRight) => {
    const gathered = await questionOf(ecoc, signOff, 'approve', who, holdsRight, tools)
    const verdict = mayDecide(gathered.question)
    const standing: Standing = verdict.may
      ? { mayDecide: signOff.decision === null, whyNot: null, onBehalfOf: verdict.onBehalfOf }
      : { mayDecide: false, whyNot: { code: verdict.code, detail: verdict.why }, onBehalfOf: null }
    const needed = approversOf(signOff, gathered.question.isSandbox)
    return { ...gathered, standing, approvers: { needed, given: signOff.approvals ?? 0 } }
  }
  return {
    async queue(state, who, holdsRight) {
      const rows = await (state === 'open' ? store.signOffs.waiting(longest) : store.signOffs.decided(100))
      const sandbox = await isSandbox(tools)
      const lines: QueueLine[] = []
      for (const signOff of rows) {
        const ecoc = state === 'open' ? await store.ecocs.get(signOff.ecoc_id) : undefined
        const { standing, approvers } = ecoc
          ? await standingOf(ecoc, signOff, who, holdsRight)
          : {
              standing: { mayDecide: false, whyNot: null, onBehalfOf: null },
              approvers: { needed: approversOf(signOff, sandbox), given: signOff.approvals ?? 0 },
            }
        lines.push({ signOff, standing, approvers })
      }
      return lines
    },
    async file(ecoc, who, holdsRight) {
      const signOff = (await store.signOffs.of(ecoc.id)).at(-1)
      if (!signOff) return undefined
      const { standing, approvers, contributors, decisions } = await standingOf(ecoc, signOff, who, holdsRight)
      const key = variantKeyOf(signOff)
      const [attachments, history] = await Promise.all([
        store.signOffs.attachments(signOff.id),
        key === undefined ? [] : historyOf(key, store),
      ])
      return { ecoc, signOff, approvers, standing, contributors, decisions, attachments, history }
    },
    async attach(id, { name, bytes }, actor) {
      const open = await store.signOffs.open(id)
      const ecoc = await store.ecocs.get(id)
      if (!open || ecoc?.state !== 'awaiting_signoff') throw wrongState('attachment', ecoc?.state ?? 'received')
      const type = attachmentType(bytes)
      if (bytes.length > maxAttachmentBytes)
        throw refuse(413, 'ACT-478', 'The attachment is larger than 20 MB.', 'Scan it with fewer dots per inch.')
      if (type === undefined)
        throw refuse(415, 'ACT-477', 'The attachment is no PDF, PNG or JPEG.', 'Scan or photograph the ticket.')
      const at = instant(clock())
      const info: AttachmentInfo = {
        ...{ id: newId(), sign_off_id: open.id, ecoc_id: id, name: attachmentName(name), content_type: type },
        ...{ sha256: sha256(bytes), size: bytes.length, added_by: actor, at },
      }
      const known = (await store.signOffs.attachments(open.id)).find((a) => a.sha256 === info.sha256)
      if (known) return known
      const detail = { signOff: open.id, name: info.name, contentType: type, sha256: info.sha256, size: info.size }
      await store.commit([
        insert('sign_off_attachment', { ...info, bytes }),
        event({ at, actor, type: 'signoff.attached', subject: id, detail }),
      ])
      return info
    },
    attachment: (id, attachment) => store.signOffs.attachment(id, attachment),
    delegations: () => store.signOffs.delegations(longest),
    delegate: (input, from) => makeDelegation(input, from, tools),
    endDelegation: (id, actor) => endDelegation(id, actor, tools),
    delegatorsOf: (person, holdsRight) => delegatorsOf(person, holdsRight, tools),
    weigh: (input, actor) => recordWeighing(input, actor, firstStage, tools),
    history: (variant) => historyOf(variant, store),
    trends: () => trendLines(store, new Date(clock().getTime() - shownFor)),
    settings: () => tools.config.signOff,
  }
}

const variantKeyOf = ({ request }: SignOffRow): string | undefined =>
  request ? (JSON.parse(request) as { variant?: { key?: string } }).variant?.key : undefined

export type { DelegationInput, History, RecordedWeighing, TrendLine }
