import type { AuthorityMessage, Receipt } from '../contract/flow.ts'
import { sha256 } from '../support/hash.ts'
import { elementOfMessage } from './element-of-message.ts'

/** A vehicle that was rejected, with the answer it got. */
export interface RejectedVehicle {
  readonly id: string
  readonly vin: string
  readonly accessPoint: string
  readonly at: string
  /** Undefined where the answer gave no reason that could be read. */
  readonly receipt: Pick<Receipt, 'messages'> | undefined
  /** What is shown where the answer has no message. */
  readonly reason: string
}

/** One cause over many vehicles: one thing to mend. */
export interface RejectionGroup {
  /** Names the group for good: the same cause has the same key tomorrow. */
  readonly key: string
  readonly accessPoint: string
  /** The authority's code. */
  readonly code: string
  readonly element: string | undefined
  /** The message of the newest vehicle, as the authority wrote it. */
  readonly message: AuthorityMessage
  readonly vehicles: readonly RejectedVehicle[]
}

/**
 * A text without what differs between vehicles: values in quotes, VINs, ids, dates, numbers. What is left says the cause.
 */
export const normaliseText = (text: string): string =>
  text
    .slice(0, 1000)
    .replace(/"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<=\s|^|\()'[^']*'/g, '…')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
    .replace(/\b(?=[A-HJ-NPR-Z0-9]*\d)[A-HJ-NPR-Z0-9]{17}\b/g, '…')
    .replace(/\b[egn]\d{1,2}\*\S+/g, '…')
    .replace(/[+-]?\d[\d.,:/*-]*/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

const none = (reason: string): AuthorityMessage => ({ code: '', text: reason, severity: 'error' })

/** What decided: the errors; where it names none, all it said. */
const causes = ({ receipt, reason }: RejectedVehicle): readonly AuthorityMessage[] => {
  const messages = receipt?.messages ?? []
  const errors = messages.filter((m) => m.severity === 'error')
  if (errors.length > 0) return errors
  return messages.length > 0 ? messages : [none(reason)]
}

const keyOf = (accessPoint: string, message: AuthorityMessage): string => {
  const { element } = elementOfMessage(message)
  return sha256([accessPoint, message.code, element ?? '', normaliseText(message.text)].join('\n')).slice(0, 16)
}

/**
 * Groups what was rejected by access point, code, element and what is left of the text. A vehicle with several errors
 * stands in several groups: each is mended by itself. Largest first.
 * @param vehicles newest first
 */
export const groupRejections = (vehicles: readonly RejectedVehicle[]): RejectionGroup[] => {
  const groups = new Map<string, { message: AuthorityMessage; accessPoint: string; vehicles: Set<RejectedVehicle> }>()
  for (const vehicle of vehicles)
    for (const message of causes(vehicle)) {
      const key = keyOf(vehicle.accessPoint, message)
      const group = groups.get(key) ?? { message, accessPoint: vehicle.accessPoint, vehicles: new Set() }
      group.vehicles.add(vehicle)
      groups.set(key, group)
    }
  return [...groups]
    .map(([key, g]) => ({
      key,
      accessPoint: g.accessPoint,
      code: g.message.code,
      element: elementOfMessage(g.message).element,
      message: g.message,
      vehicles: [...g.vehicles],
    }))
    .sort((a, b) => b.vehicles.length - a.vehicles.length || (a.key < b.key ? -1 : 1))
}
