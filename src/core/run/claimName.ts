import type { Environment, Release } from './environment.js'

/**
 * Takes a name for a session that begins: two of one name would fight over the page.
 *
 * @throws where the name is taken by a session that is still in use.
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
