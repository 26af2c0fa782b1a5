import type { Mistakes } from '../../options/optionMistakes.js'
import { aDuration, anObject, type Rule, type Rules } from '../../options/rules.js'
import { defaultPolicy, type Policy } from '../../protocol/policy.js'
import type { SessionOptions } from './options.js'

/** WCAG 2.2, success criterion 2.2.1: users get at least 20 seconds to extend. */
const minWarningMs = 20_000

const aLimit: Rule = {
  must: `${aDuration.must}, or false`,
  accepts: (value) => value === false || aDuration.accepts(value),
}

const policyRules: Rules<Policy> = {
  warnAfter: aLimit,
  expireAfter: aLimit,
  absoluteTimeout: aLimit,
  warnBeforeAbsolute: aDuration,
}

/** The page's own policy. A limit that is not given gets its default. */
export function checkPolicy(
  { policy, allowShortWarning }: SessionOptions,
  mistakes: Mistakes,
): Policy {
  if (policy === undefined) return defaultPolicy
  if (!anObject.accepts(policy)) {
    mistakes.add('policy', anObject.must, policy)
    return defaultPolicy
  }
  mistakes.unknown(policy, Object.keys(policyRules), 'policy.')
  const given: Policy = { ...defaultPolicy, ...policy }
  let sound = true
  for (const [limit, { must, accepts }] of Object.entries(policyRules)) {
    const value = given[limit as keyof Policy]
    if (accepts(value)) continue
    mistakes.add(`policy.${limit}`, must, value)
    sound = false
  }
  if (sound) checkRelations(given, allowShortWarning === true, mistakes)
  return given
}

function checkRelations(policy: Policy, allowShort: boolean, mistakes: Mistakes): void {
  const { warnAfter, expireAfter, absoluteTimeout, warnBeforeAbsolute } = policy
  if (expireAfter === false && absoluteTimeout === false) {
    mistakes.add(
      'policy',
      'must keep one limit: both `expireAfter` and `absoluteTimeout` are off',
      policy,
    )
  }
  if ((warnAfter === false) !== (expireAfter === false)) {
    mistakes.add('policy.warnAfter', 'must be off together with `expireAfter`', warnAfter)
  }
  if (absoluteTimeout !== false && warnBeforeAbsolute >= absoluteTimeout) {
    mistakes.add(
      'policy.warnBeforeAbsolute',
      'must be less than `absoluteTimeout`',
      warnBeforeAbsolute,
    )
  }
  if (warnAfter !== false && expireAfter !== false) {
    const window = expireAfter - warnAfter
    if (window <= 0) {
      mistakes.add(
        'policy.warnAfter',
        `must be less than \`expireAfter\` (${expireAfter})`,
        warnAfter,
      )
    } else if (window < minWarningMs && !allowShort) {
      mistakes.add('policy.warnAfter', tooShort(`\`expireAfter\` (${expireAfter})`), warnAfter)
    }
  }
  if (absoluteTimeout !== false && warnBeforeAbsolute < minWarningMs && !allowShort) {
    mistakes.add('policy.warnBeforeAbsolute', tooShort('the end'), warnBeforeAbsolute)
  }
}

function tooShort(end: string): string {
  return `must leave 20 seconds or more before ${end} (WCAG 2.2.1), or set \`allowShortWarning\``
}
