import 'react-session-security/styles.css'
import './demo.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.js'
import { getConfig, getSignedInUser } from './api.js'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no element with the id "app".')

const [config, signedInUser] = await Promise.all([getConfig(), getSignedInUser()])

createRoot(root).render(
  <StrictMode>
    <App config={config} signedInUser={signedInUser} />
  </StrictMode>,
)
