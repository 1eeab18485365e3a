import { gatherEvidence } from '../../signature/signing-evidence.ts'
import { withPatience } from '../../trust/with-patience.ts'
import type { Tools } from '../../flow/tools.ts'
import type { HealthCheck } from '../health-check.ts'

type Result = Awaited<ReturnType<HealthCheck['run']>>[number]

const patienceMs = 10_000
const suggestion = 'Check network, proxy (trust.proxy) and address. Signing at level B goes on meanwhile.'

/** Each time-stamping authority is asked for one time stamp: only then it is known that policy and roots are right. */
const askStamps = ({ timeStamps, clock }: Tools): Promise<Result[]> =>
  Promise.all(
    timeStamps.all.map(async (authority) => {
      const about = `time stamps of ${authority.url}`
      try {
        const { checked } = await authority.stamp(Buffer.from('ecoc doctor'), clock())
        return { about: `${about}, by ${checked.stamp?.signer.subject ?? ''}`, ok: true as const }
      } catch (error) {
        const issue = (error as Error).message
        return { about, ok: false as const, issue, suggestion: 'Check address, policy, trust anchors and proxy.' }
      }
    }),
  )

/** Whether somebody tells if our seals were revoked. */
const askRevocation = async (tools: Tools): Promise<Result[]> => {
  const { config, signers, anchors, revocation, clock } = tools
  const results: Result[] = []
  for (const { name } of config.signers) {
    const about = `revocation of signer ${name}`
    if (!signers.isAtHand(name)) {
      results.push({ about: `${about}: not asked, as its key is not open`, ok: true })
      continue
    }
    const patient = withPatience(revocation, patienceMs)
    const signer = await signers.named(name)
    const { revoked, missing, isOpen } = await gatherEvidence(signer, { anchors, revocation: patient, now: clock() })
    if (revoked.length > 0)
      results.push({ about, ok: false, issue: `Revoked: ${revoked.join(', ')}.`, suggestion: 'Get a new seal.' })
    else if (isOpen) results.push({ about, ok: false, issue: missing.join(' '), suggestion })
    else results.push({ about: missing.length > 0 ? `${about}: ${missing.join(' ')}` : `${about}: good`, ok: true })
  }
  return results
}

/** Time-stamping authorities and revocation services must answer. */
const check: HealthCheck = {
  check: 'trust service',
  run: async (tools) => [...(await askStamps(tools)), ...(await askRevocation(tools))],
}
export default check
