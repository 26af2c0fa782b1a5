/** Prefix of the protocol's problem types (RFC 9457; see `docs/protocol.md`). */
export const problemTypes = 'tag:react-session-security,2026:/'
