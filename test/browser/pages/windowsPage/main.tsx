import { useState } from 'react'
import { createPortal } from 'react-dom'
import { createRoot } from 'react-dom/client'
import {
  createSession,
  openedWindows,
  type Session,
  SessionSecurityProvider,
  type Verdict,
} from '../../../../src/index.js'

declare global {
  interface Window {
    session: Session
    /** What the server says next, and from then on the last of it; `null`: nothing until told anew. */
    answer(...verdicts: (Verdict | null)[]): void
    add(opened: Window | null): () => void
  }
}

let answers: (Verdict | null)[] = [
  { state: 'active', remaining: 600_000, session: '1', subject: 'ada' },
]
let waiting: ((verdict: Verdict) => void)[] = []

async function ask(): Promise<Verdict> {
  const [next = null] = answers
  if (answers.length > 1) answers = answers.slice(1)
  return next ?? new Promise((resolve) => waiting.push(resolve))
}

const windows = openedWindows()
window.session = createSession({
  name: 'windows',
  transport: { ask },
  activity: { sources: [windows] },
})
window.answer = (...next) => {
  answers = next
  const [first] = next
  if (!first) return
  for (const resolve of waiting) resolve(first)
  waiting = []
}
window.add = windows.add

createRoot(document.getElementById('root') as HTMLElement).render(
  <SessionSecurityProvider session={window.session}>
    <Record />
  </SessionSecurityProvider>,
)

/** Shows a part of itself in a window of its own. */
function Record() {
  const [into, setInto] = useState<HTMLElement | null>(null)

  function open(): void {
    const opened = window.open('', '', 'popup,width=320,height=200')
    windows.add(opened)
    if (!opened) return
    opened.document.title = 'Ada Lovelace'
    setInto(opened.document.body)
  }

  return (
    <main>
      <button type="button" onClick={open}>
        Open
      </button>
      {into &&
        createPortal(
          <label style={{ background: 'red' }}>
            Ada Lovelace <input />
          </label>,
          into,
        )}
    </main>
  )
}
