import { act, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { SessionSecurityProvider, useSessionSecurity } from '../../../src/index.js'
import { endpoint, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

test.each(['before', 'after'])(
  'hydrates without a warning a page that was rendered %s sign-in',
  async (when) => {
    stopTime()
    const backEnd = startBackEnd()
    await backEnd.signIn('ada')
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {})
    const enabled = when === 'after'
    const app = (
      <StrictMode>
        <SessionSecurityProvider endpoint={endpoint} enabled={enabled}>
          <Status />
        </SessionSecurityProvider>
      </StrictMode>
    )
    const container = document.createElement('div')
    document.body.append(container)
    container.innerHTML = renderToString(app)
    // React 18 warns of a server that has a document, as only a test has.
    complaints.mockClear()
    const rendered = screen.getByText('disabled')

    const root = await act(async () =>
      hydrateRoot(container, app, { onRecoverableError: (error) => complaints(error) }),
    )
    onTestFinished(() => {
      act(() => root.unmount())
      complaints.mockRestore()
      container.remove()
    })
    await pass(500)

    expect(rendered).toHaveTextContent(enabled ? 'active' : 'disabled')
    expect(rendered).toBeVisible()
    expect(complaints).not.toHaveBeenCalled()
  },
)

function Status() {
  return <p>{useSessionSecurity((session) => session.status)}</p>
}
