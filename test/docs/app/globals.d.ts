import type { Express } from 'express'
import type { Store } from 'express-session'
import type { Pool } from 'pg'
import type { Session } from 'react-session-security'
import type { SessionSecurity } from 'react-session-security/server'

// What the docs' code takes for granted about the reader's own app.
declare global {
  const session: Session
  const security: SessionSecurity
  /** The app's own session store. */
  const sessions: Store
  const sessionId: string
  /** Of the session that the browser had before this sign-in. */
  const formerSessionId: string
  const userId: string
  const pool: Pool
  const app: Express
  /** Calls back with each piece of news; gives the end of that. */
  function subscribe(tell: (news: string) => void): () => void
  function passwordIsRight(body: object): boolean
  function loadedSessionId(request: object): string | null
  function endAtProvider(data: unknown): Promise<void>
}
