import { afterEach, describe, expect, test, vi } from 'vitest'
import { createSession } from '../../../src/index.js'

function adviceOn(warnAfter: number, environment: string): string[] {
  vi.stubEnv('NODE_ENV', environment)
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  createSession({ endpoint: '/session', policy: { warnAfter, expireAfter: 600_000 } })
  return warn.mock.calls.map(([text]) => String(text))
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('a short time to answer a warning', () => {
  test('logs advice in development if it is under a minute', () => {
    expect(adviceOn(570_000, 'development')).toEqual([expect.stringContaining('only 30000 ms')])
    vi.restoreAllMocks()
    expect(adviceOn(540_000, 'development')).toEqual([])
  })

  test('logs nothing in production', () => {
    expect(adviceOn(570_000, 'production')).toEqual([])
  })

  test('is refused under 20 seconds (WCAG 2.2.1) unless allowShortWarning is set', () => {
    expect(() => adviceOn(585_000, 'production')).toThrow(/WCAG 2\.2\.1/)
    const policy = { warnAfter: 585_000, expireAfter: 600_000 }
    expect(() => createSession({ endpoint: '/s', policy, allowShortWarning: true })).not.toThrow()
  })
})

describe('a server that refuses the page', () => {
  async function refusals(environment: string): Promise<string[]> {
    vi.stubEnv('NODE_ENV', environment)
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const refused = 'Origin is http://localhost:5173, and Host is app:80.'
    const session = createSession({
      name: environment,
      transport: { ask: async () => ({ state: 'unknown', refused }) },
    })
    const stop = session.start()
    await vi.waitFor(() => expect(session.getState()).toMatchObject({ refused }))
    await session.check()
    stop()
    return warn.mock.calls.map(([text]) => String(text))
  }

  test('is told apart from one that is unreachable, and logged once in development', async () => {
    expect(await refusals('development')).toEqual([expect.stringContaining('Host is app:80.')])
  })

  test('is not logged in production', async () => {
    expect(await refusals('production')).toEqual([])
  })
})
