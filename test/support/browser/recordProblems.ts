import type { BrowserContext } from 'playwright'

/** Uncaught errors and what Chromium complains of in the console, such as a breach of the CSP. */
export function recordProblems(context: BrowserContext): string[] {
  const problems: string[] = []
  context.on('weberror', (error) => problems.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // A 401 and a server that is gone are what these tests are about.
    if (message.text().startsWith('Failed to load resource')) return
    problems.push(message.text())
  })
  return problems
}
