import type { Finding } from '../contract/finding.ts'
import type { ApprovalData } from '../contract/flow.ts'

/** What a file of master data came to: the good entries, and a finding for each fault. */
export interface ReadApprovals {
  readonly approvals: readonly ApprovalData[]
  readonly findings: readonly Finding[]
}

export const maxEntries = 5000
const maxFindings = 200

/** One entry per approval with extension, type, variant, version and first day: the same again replaces it. */
export const approvalId = (a: ApprovalData): string => [a.approval, a.type, a.variant, a.version, a.validFrom].join('|')

/** Where a fault stands, for people and for programs. */
export interface Place {
  /** As shown: `7` or `7:Width`. */
  readonly at: string | number
  readonly line: number
  readonly column?: string
  readonly value?: string
}

/** Gathers entries and findings of one file, with limits. */
export class Collection {
  readonly #approvals = new Map<string, ApprovalData>()
  readonly #findings: Finding[] = []
  readonly #file: string
  #more = 0

  constructor(file: string) {
    this.#file = file
  }

  report(code: string, place: Place, message: string, severity: Finding['severity'] = 'error'): void {
    if (this.#findings.length >= maxFindings) {
      this.#more++
      return
    }
    const { at, ...params } = place
    const path = `${this.#file}:${at}`
    this.#findings.push({ code, layer: 'mapping', severity, path, message, params: { file: this.#file, ...params } })
  }

  get isFull(): boolean {
    return this.#approvals.size >= maxEntries
  }

  /** Takes an entry in; the same key twice in one file is a fault, as nobody can say which is meant. */
  add(approval: ApprovalData, place: Place): void {
    const id = approvalId(approval)
    if (this.#approvals.has(id)) {
      const { variant, version, validFrom } = approval
      this.report('MAP-205', place, `Variant ${variant}, version ${version} from ${validFrom} is in the file twice.`)
    } else this.#approvals.set(id, approval)
  }

  result(): ReadApprovals {
    const findings = [...this.#findings]
    if (this.#more > 0)
      findings.push({
        code: 'MAP-209',
        layer: 'mapping',
        severity: 'error',
        path: this.#file,
        message: `There are ${this.#more} more faults. Mend the first ones and import the file again.`,
        params: { file: this.#file, more: this.#more },
      })
    return { approvals: [...this.#approvals.values()], findings }
  }
}
