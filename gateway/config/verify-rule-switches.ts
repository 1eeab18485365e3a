import { loadRules } from '../checks/load-rules.ts'
import type { RuleSwitch } from '../checks/switch-rules.ts'
import { GatewayError } from '../contract/index.ts'
import { didYouMean } from '../mapping/did-you-mean.ts'

/**
 * Refuses to switch what is no content rule, such as a schema finding, and to make a rule stricter than it is written.
 * @throws GatewayError CFG-016
 */
export const verifyRuleSwitches = async (switches: readonly RuleSwitch[], file: string): Promise<void> => {
  if (switches.length === 0) return
  const rules = new Map((await loadRules()).map((rule) => [rule.code, rule]))
  const refuse = (at: number, message: string, hint: string): never => {
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-016',
      message: `${file}: checks.rules.${at}: ${message}`,
      hint,
    })
  }
  for (const [at, { code, severity }] of switches.entries()) {
    const rule = rules.get(code)
    if (rule === undefined)
      refuse(
        at,
        `there is no rule ${code}.`,
        `Only content rules can be switched (docs/rules.md), never the schema.${didYouMean(code, rules.keys())}`,
      )
    else if (rule.severity !== 'error' && severity === 'warning')
      refuse(
        at,
        `${code} is ${rule.severity === 'info' ? 'an info' : 'a warning'} already.`,
        'Make it info or off, or leave it out.',
      )
  }
}
