import { createRoot } from 'react-dom/client'
import { djangoTransport } from '../../../../src/django.js'
import { SessionSecurityProvider } from '../../../../src/index.js'
import '../../../../src/dialog/styles.css'
import { App } from './App.js'

const { user = '', warnAfter, expireAfter } = document.body.dataset
const named = new URLSearchParams(location.search).has('named')

const transport = djangoTransport({
  pingUrl: '/session_security/ping/',
  signOut: { url: '/accounts/logout/', csrfToken: () => cookie('csrftoken') },
})

function cookie(name: string): string {
  const found = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? ''
}

createRoot(document.getElementById('root') ?? document.body).render(
  <SessionSecurityProvider
    name="cases"
    transport={transport}
    enabled={user !== ''}
    policy={{ warnAfter: Number(warnAfter) * 1_000, expireAfter: Number(expireAfter) * 1_000 }}
    allowShortWarning
    {...(named && { subject: user })}
  >
    <App user={user} />
  </SessionSecurityProvider>,
)
