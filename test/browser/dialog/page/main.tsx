import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SessionSecurityProvider } from '../../../../src/dialog/SessionSecurityProvider.js'
import { SessionWarningDialog } from '../../../../src/dialog/warning/SessionWarningDialog.js'
import { cy } from '../../../../src/messages/cy.js'
import { en } from '../../../../src/messages/en.js'
import '../../../../src/dialog/styles.css'
import type { Session } from '../../../../src/core/session.js'
import { useSession } from '../../../../src/react/session/SessionContext.js'
import { type Opening, openings } from '../../pages/coverPage/openings.js'
import { App } from './App.js'
import { type ScriptedServer, scriptedServer } from './scriptedServer.js'

declare global {
  interface Window {
    server: ScriptedServer
    session: Session
    showRed(name: Opening): void
  }
}

const address = new URLSearchParams(location.search)
const absolute = address.has('absolute')
const [server, transport] = scriptedServer(Number(address.get('left') ?? 600_000), absolute)
window.server = server
window.showRed = (name) => void openings[name]()

const initialFocus = address.get('initialFocus') === 'stay' ? 'stay' : 'dialog'
const onEscape = address.get('onEscape') === 'ignore' ? 'ignore' : 'stay'

/** Lets a test ask the server through the page's session. */
function Exposed() {
  window.session = useSession()
  return null
}

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <SessionSecurityProvider
      name="page"
      transport={transport}
      extendOn={address.get('extendOn') === 'activity' ? 'activity' : 'button'}
      messages={address.get('lang') === 'cy' ? cy : en}
      renderWarning={() => <SessionWarningDialog initialFocus={initialFocus} onEscape={onEscape} />}
    >
      <Exposed />
      <App />
    </SessionSecurityProvider>
  </StrictMode>,
)
