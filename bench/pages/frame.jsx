// What all React pages share: content to protect, a place where the warning and the end show, and
// the policy and the polling that the address asks for.
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'

const query = new URLSearchParams(location.search)
export const warnAfter = Number(query.get('warn'))
export const expireAfter = Number(query.get('expire'))

export function Content() {
  window.renders += 1
  useEffect(() => {
    if (!query.has('poll')) return
    const timer = setInterval(() => fetch('/poll'), 1_000)
    return () => clearInterval(timer)
  }, [])
  return <p id="content">Something that others must not see.</p>
}

export function show(page) {
  createRoot(document.getElementById('root')).render(page)
}
