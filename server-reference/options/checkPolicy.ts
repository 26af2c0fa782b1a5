import type { Mistakes } from '../../src/options/optionMistakes.js'
import { aDuration, anObject, checkRules, type Rule, type Rules } from '../../src/options/rules.js'
import { type Policy, toChecked } from './policy.js'

/** WCAG 2.2, success criterion 2.2.1: people get at least 20 seconds to extend. */
const minWarningMs = 20_000

const isOff = (value: unknown) => value === undefined || value === null || value === false

const aLimit: Rule = {
  must: `${aDuration.must}, or null for none`,
  accepts: (value) => isOff(value) || aDuration.accepts(value),
}

const rules: Rules<Policy> = {
  warnAfter: aLimit,
  expireAfter: aLimit,
  absoluteTimeout: aLimit,
  warnBeforeAbsolute: aLimit,
}

/** Adds what is wrong with a policy. If nothing is, `toChecked` may be called. */
export function checkPolicy(given: unknown, allowShortWarning: boolean, mistakes: Mistakes): void {
  if (!anObject.accepts(given))
    return mistakes.add('policy', 'must be an object or a function', given)
  const policy = given as Policy
  mistakes.unknown(policy, Object.keys(rules), 'policy.')
  checkRules(policy, rules, mistakes, { path: 'policy.' })
  const isSound = checkRelations(policy, mistakes)
  if (isSound && !allowShortWarning) checkWarnings(policy, mistakes)
}

/** Returns whether the limits fit together, so that it makes sense to look at the warnings. */
function checkRelations(policy: Policy, mistakes: Mistakes): boolean {
  const { warnAfter, expireAfter, absoluteTimeout, warnBeforeAbsolute } = policy
  let isSound = Object.entries(rules).every(([name, { accepts }]) =>
    accepts(policy[name as keyof Policy]),
  )
  const wrong = (option: string, rule: string, received: unknown) => {
    isSound = false
    mistakes.add(option, rule, received)
  }
  const isOn = (value: unknown): value is number => aDuration.accepts(value)
  if (absoluteTimeout === undefined)
    wrong('policy.absoluteTimeout', 'must be set; null says that there is none', absoluteTimeout)
  else if (isOff(absoluteTimeout) && isOff(expireAfter))
    wrong('policy', 'must set `expireAfter` or `absoluteTimeout`, or sessions never end', policy)
  if (isOff(expireAfter) && !isOff(warnAfter))
    wrong('policy.warnAfter', 'needs an `expireAfter`', warnAfter)
  if (isOn(expireAfter) && isOff(warnAfter))
    wrong('policy.expireAfter', 'needs a `warnAfter`', expireAfter)
  if (isOn(expireAfter) && isOn(warnAfter) && warnAfter >= expireAfter)
    wrong('policy.warnAfter', `must be less than \`expireAfter\` (${expireAfter})`, warnAfter)
  if (isOn(warnBeforeAbsolute) && isOff(absoluteTimeout))
    wrong('policy.warnBeforeAbsolute', 'needs an `absoluteTimeout`', warnBeforeAbsolute)
  if (isOn(warnBeforeAbsolute) && isOn(absoluteTimeout) && warnBeforeAbsolute >= absoluteTimeout)
    wrong(
      'policy.warnBeforeAbsolute',
      `must be less than \`absoluteTimeout\` (${absoluteTimeout})`,
      warnBeforeAbsolute,
    )
  return isSound
}

/** A sound policy that warns too late. Most often its times were meant to be seconds. */
function checkWarnings(policy: Policy, mistakes: Mistakes): void {
  const { limits, wire } = toChecked(policy)
  const { warnAfterMs, expireAfterMs, warnBeforeAbsoluteMs } = wire
  const rule = (end: string, ms: number) =>
    `must leave 20 seconds or more before ${end} (WCAG 2.2.1), not ${ms} ms. Times are in milliseconds; \`allowShortWarning\` is for tests`
  const idleWarningMs = (expireAfterMs ?? 0) - (warnAfterMs ?? 0)
  if (warnAfterMs !== null && expireAfterMs !== null && idleWarningMs < minWarningMs)
    mistakes.add(
      'policy.warnAfter',
      rule(`\`expireAfter\` (${expireAfterMs})`, idleWarningMs),
      warnAfterMs,
    )
  if (warnBeforeAbsoluteMs !== null && warnBeforeAbsoluteMs < minWarningMs)
    mistakes.add(
      policy.warnBeforeAbsolute === undefined
        ? 'policy.absoluteTimeout'
        : 'policy.warnBeforeAbsolute',
      rule('the absolute end', warnBeforeAbsoluteMs),
      policy.warnBeforeAbsolute ?? limits.absolute,
    )
}
