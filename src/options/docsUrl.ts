/** Where errors send developers. */
export const docsUrl =
  'https://github.com/react-session-security/react-session-security/blob/main/docs'
