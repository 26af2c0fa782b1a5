/** `true` on a server. It renders components once and starts nothing; that happens in the browser. */
export const rendersOnServer = typeof document === 'undefined'
