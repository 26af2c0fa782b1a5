import { SessionSecurityProvider, useSessionSecurity } from '../../dist/src/index.js'
import { Content, show } from './frame.jsx'

function Page() {
  useSessionSecurity(({ status }) => status)
  return <Content />
}

show(
  <SessionSecurityProvider
    endpoint="/session-security"
    allowShortWarning
    renderWarning={() => <p id="warning">Still there?</p>}
    renderExpired={() => <p id="over">Over.</p>}
  >
    <Page />
  </SessionSecurityProvider>,
)
