import type { QueryClient as Client } from '@tanstack/react-query'
import type { Pool } from 'pg'
import type { Session } from 'react-session-security'
import type { SessionSecurity } from 'react-session-security/server'

// What the docs' code takes for granted about the reader's own app.
declare global {
  const queryClient: Client
  const session: Session
  const security: SessionSecurity
  const sessionId: string
  const oldId: string | undefined
  const userId: string
  const pool: Pool
  function passwordIsRight(body: object): boolean
}

declare module 'express-session' {
  interface SessionData {
    user: string
  }
}
