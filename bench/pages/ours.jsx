import { SessionSecurityProvider } from '../../dist/src/index.js'
import { Content, show } from './frame.jsx'

show(
  <SessionSecurityProvider
    endpoint="/session-security"
    allowShortWarning
    renderWarning={() => <p id="warning">Still there?</p>}
    renderExpired={() => <p id="over">Over.</p>}
  >
    <Content />
  </SessionSecurityProvider>,
)
