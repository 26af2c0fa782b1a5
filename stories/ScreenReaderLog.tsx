import { useEffect, useState } from 'react'
import './screenReaderLog.css'

interface Told {
  /** The moment, in ms since the page loaded. */
  at: number
  /** By the focus, or by a live region of this politeness. */
  by: string
  text: string
}

/** Shows what a screen reader would announce, and when. */
export function ScreenReaderLog() {
  const [begun] = useState(() => performance.now())
  const [log, setLog] = useState<Told[]>([])
  useEffect(() => listen((told) => setLog((before) => [...before, told])), [])
  return (
    <aside className="screen-reader-log">
      <h2 id="screen-reader-log">A screen reader is told</h2>
      <ol aria-labelledby="screen-reader-log">
        {log.map(({ at, by, text }) => (
          <li key={`${at} ${text}`}>
            <small>
              {Math.round((at - begun) / 1000)} s, {by}
            </small>
            {text}
          </li>
        ))}
      </ol>
    </aside>
  )
}

const readWhole = 'dialog, [role=dialog], [role=alertdialog], h1'
/** Not `output`: the app has one of its own. */
const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert]'

function listen(tell: (told: Told) => void): () => void {
  function onFocus({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || !target.matches(readWhole)) return
    const name = referred(target, 'aria-labelledby') || target.textContent
    say('focus', [name, referred(target, 'aria-describedby')].filter(Boolean).join('. '))
  }

  function onChange(records: MutationRecord[]): void {
    // A live region that is added with its text is not announced. Then the record's target is its parent.
    for (const region of new Set(records.map(({ target }) => regionOf(target)))) {
      if (region && isInAccessibilityTree(region)) say(politeness(region), region.textContent)
    }
  }

  function say(by: string, text: string): void {
    if (text.trim()) tell({ at: performance.now(), by, text: text.trim() })
  }

  const observer = new MutationObserver(onChange)
  observer.observe(document, { subtree: true, childList: true, characterData: true })
  document.addEventListener('focusin', onFocus)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', onFocus)
  }
}

function regionOf(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement
  return element?.closest(live) ?? null
}

/** While a modal dialog is open, nothing outside it is announced. */
function isInAccessibilityTree(region: Element): boolean {
  const modal = document.querySelector('dialog:modal')
  return region.checkVisibility() && !region.closest('[inert]') && (modal?.contains(region) ?? true)
}

function politeness(region: Element): string {
  return region.ariaLive ?? (region.role === 'alert' ? 'assertive' : 'polite')
}

function referred(element: Element, attribute: string): string {
  const ids = element.getAttribute(attribute)?.split(/\s+/) ?? []
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
}
