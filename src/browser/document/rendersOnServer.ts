/** Nothing runs there: components are rendered once, and what they start, they start in a browser. */
export const rendersOnServer = typeof document === 'undefined'
