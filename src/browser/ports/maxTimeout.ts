/** The longest delay (ms) that `setTimeout` accepts: 2^31 - 1. */
export const maxTimeoutMs = 2_147_483_647
