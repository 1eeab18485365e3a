import { update, type Write } from '../store/writes.ts'
import type { Work } from './step.ts'

/** Part of a commit that may only be made while the lease is ours: otherwise the whole list fails (STO-003). */
export const stillHeld = ({ ecoc, lease }: Pick<Work, 'ecoc' | 'lease'>): Write =>
  update('job', { ecoc_id: ecoc.id, owner: lease }, { owner: lease }, 1)
