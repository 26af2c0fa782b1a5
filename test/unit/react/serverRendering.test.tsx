// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { createSession, SessionSecurityProvider, useSessionSecurity } from '../../../src/index.js'

test('renders the children on a server, with no session yet and without a window', () => {
  const complain = vi.spyOn(console, 'error')
  expect(typeof window).toBe('undefined')

  const html = renderToString(
    <SessionSecurityProvider endpoint="/session-security" policy={{ warnAfter: 100_000 }}>
      <Status />
    </SessionSecurityProvider>,
  )

  expect(html).toContain('<p>disabled</p>')
  expect(complain).not.toHaveBeenCalled()
})

test('createSession works on a server', () => {
  const session = createSession({ endpoint: '/session-security' })
  const html = renderToString(
    <SessionSecurityProvider session={session}>
      <Status />
    </SessionSecurityProvider>,
  )
  expect(html).toContain('<p>disabled</p>')
})

test('asks neither the time nor for chance while a server renders, so that Next.js can prerender it', () => {
  const time = vi.spyOn(Date, 'now')
  const chance = vi.spyOn(Math, 'random')
  const chanceForIds = vi.spyOn(crypto, 'randomUUID')

  renderToString(
    <SessionSecurityProvider endpoint="/session-security">
      <Status />
    </SessionSecurityProvider>,
  )

  for (const asked of [time, chance, chanceForIds]) expect(asked).not.toHaveBeenCalled()
})

function Status() {
  return <p>{useSessionSecurity((session) => session.status)}</p>
}
