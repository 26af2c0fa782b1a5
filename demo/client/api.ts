import type { ExpiredAction } from 'react-session-security'

export interface DemoConfig {
  extendOn: 'activity' | 'button'
  expiredAction: ExpiredAction
}

export interface Case {
  id: string
  title: string
  client: string
  status: 'open' | 'review' | 'waiting' | 'closed'
  /** A date such as `2026-11-20`. */
  updated: string
}

/** A response that is no success. `SessionQueryGuard` recognises an ended session by `status`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** The server's message for the user, if there is one. */
    readonly reason?: string,
  ) {
    super(`The server answered ${status}.`)
    this.name = 'ApiError'
  }
}

export function getConfig(): Promise<DemoConfig> {
  return getJson('/api/config')
}

/** The signed-in user's name, or `null`. */
export async function getSignedInUser(): Promise<string | null> {
  try {
    const { username } = await getJson<{ username: string }>('/api/me')
    return username
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Rejects with an {@link ApiError}: 401 if the password is wrong, 429 after many tries. */
export async function signIn(username: string, password: string): Promise<string> {
  const response = await fetch('/api/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!response.ok) throw new ApiError(response.status, await reasonOf(response))
  return username
}

async function reasonOf(response: Response): Promise<string | undefined> {
  const { error } = Object(await response.json().catch(() => null))
  return typeof error === 'string' ? error : undefined
}

export async function getCases({ signal }: { signal: AbortSignal }): Promise<Case[]> {
  const { cases } = await getJson<{ cases: Case[] }>('/api/cases', signal)
  return cases
}

async function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(path, signal ? { signal } : undefined)
  if (!response.ok) throw new ApiError(response.status)
  return response.json()
}
