import type { HealthCheck } from '../health-check.ts'

type Result = Awaited<ReturnType<HealthCheck['run']>>[number]

/** Tokens of signers, their slots and keys, and whether the key that is named can seal. No PIN is given. */
const check: HealthCheck = {
  check: 'token',
  async run({ config, signers }) {
    const results: Result[] = []
    for (const { name } of config.signers) {
      const seen = await signers.look(name)
      if (seen === undefined) continue
      for (const { about, obstacle, isNamed } of seen)
        if (!isNamed) results.push({ about: `${about}: not what signer ${name} uses`, ok: true })
        else if (obstacle === undefined) results.push({ about: `${about}: signer ${name}, can seal`, ok: true })
        else results.push({ about, ok: false, issue: obstacle, suggestion: `It is what signer ${name} names.` })
      if (seen.some(({ isNamed }) => isNamed)) continue
      const there = seen.map(({ about }) => about).join('; ')
      const issue = `No token of the module fits the signer. ${there === '' ? 'No slot holds a token.' : `There are: ${there}.`}`
      results.push({ about: `signer ${name}`, ok: false, issue, suggestion: 'Plug it in, or correct token and key.' })
    }
    return results
  },
}
export default check
