import { useState } from 'react'
import { useIdleTimer } from 'react-idle-timer'
import { Content, expireAfter, show, warnAfter } from './frame.jsx'

function App() {
  const [state, setState] = useState('active')
  useIdleTimer({
    timeout: expireAfter,
    promptBeforeIdle: expireAfter - warnAfter,
    crossTab: true,
    syncTimers: 200,
    onPrompt: () => setState('warning'),
    onActive: () => setState('active'),
    onIdle: () => setState('over'),
  })
  if (state === 'over') return <p id="over">Over.</p>
  return (
    <>
      <Content />
      {state === 'warning' && <p id="warning">Still there?</p>}
    </>
  )
}

show(<App />)
