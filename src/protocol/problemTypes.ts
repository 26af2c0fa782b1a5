/** What the types of the protocol's own problems begin with (`docs/protocol.md`). */
export const problemTypes = 'tag:react-session-security,2026:/'
