import type { Environment, Release } from './environment.js'

/**
 * Takes a name for a session that starts. Two sessions with one name would fight over the page.
 *
 * @throws if a session that is still in use has the name.
 */
export function claimName(name: string, { running }: Environment, release: Release): void {
  const releaseOther = running.get(name)
  if (releaseOther && !releaseOther()) {
    throw new Error(
      `react-session-security: a session named ${JSON.stringify(name)} already runs in this document. Use one provider, or give each its own \`name\`.`,
    )
  }
  running.set(name, release)
}
