import { useEffect, useState } from 'react'
import { Content, expireAfter, show, warnAfter } from './frame.jsx'

// As teams write it: a shared moment in localStorage, looked at each second.
function useIdle() {
  const [state, setState] = useState('active')
  useEffect(() => {
    const note = () => localStorage.setItem('lastActivity', String(Date.now()))
    const look = () => {
      const idle = Date.now() - Number(localStorage.getItem('lastActivity'))
      if (idle >= expireAfter) setState('over')
      else setState(idle >= warnAfter ? 'warning' : 'active')
    }
    note()
    const events = ['mousemove', 'keydown', 'click', 'scroll']
    for (const event of events) window.addEventListener(event, note)
    const timer = setInterval(look, 1_000)
    return () => {
      clearInterval(timer)
      for (const event of events) window.removeEventListener(event, note)
    }
  }, [])
  return state
}

function App() {
  const state = useIdle()
  if (state === 'over') return <p id="over">Over.</p>
  return (
    <>
      <Content />
      {state === 'warning' && <p id="warning">Still there?</p>}
    </>
  )
}

show(<App />)
