import type { Policy } from './policy.js'

const minutes = 60_000
const hours = 60 * minutes

/** Policies from published standards. Check them against the version that applies to you. */
export const presets = {
  /** NIST SP 800-63B-4, AAL2: at most 1 h idle and 24 h in all. */
  'nist-aal2': { warnAfter: 55 * minutes, expireAfter: 1 * hours, absoluteTimeout: 24 * hours },
  /** NIST SP 800-63B-4, AAL3: at most 15 min idle and 12 h in all. */
  'nist-aal3': { warnAfter: 13 * minutes, expireAfter: 15 * minutes, absoluteTimeout: 12 * hours },
  /** PCI DSS 4, 8.2.8: 15 min idle. It has no absolute limit; set one, too, if you can. */
  pci: { warnAfter: 13 * minutes, expireAfter: 15 * minutes, absoluteTimeout: null },
  /** OWASP's cheat sheet for high value: 2 to 5 min idle, 4 to 8 h in all. */
  'owasp-high': { warnAfter: 3 * minutes, expireAfter: 5 * minutes, absoluteTimeout: 4 * hours },
} as const satisfies Record<string, Policy>
