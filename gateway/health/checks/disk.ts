import { statfs } from 'node:fs/promises'
import type { HealthCheck } from '../health-check.ts'

const leastBytes = 2 * 1024 ** 3
/** NFS, SMB, SMB2, 9p, CIFS: file locks and fsync cannot be relied on there (statfs(2)). */
const network = new Set([0x6969, 0x517b, 0xfe534d42, 0x01021997, 0xff534d42])

/** The data folder must lie on a local disk with room left. */
const check: HealthCheck = {
  check: 'disk',
  async run({ dataFolder }) {
    const { type, bavail, bsize } = await statfs(dataFolder)
    if (network.has(type))
      return [{ ok: false, issue: `${dataFolder} lies on a network share.`, suggestion: 'Move it to a local disk.' }]
    const free = bavail * bsize
    if (free < leastBytes)
      return [{ ok: false, issue: `Only ${Math.round(free / 1024 ** 2)} MB are free.`, suggestion: 'Make room.' }]
    return [{ ok: true }]
  },
}
export default check
