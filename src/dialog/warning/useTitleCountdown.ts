'use client'
import { useEffect, useRef } from 'react'
import { listen, read, write } from '../../browser/document/dom.js'
import { useSession } from '../../react/session/SessionContext.js'

/** A hidden tab's title changes once per this many seconds, so that it does not flash. */
const stepSeconds = 15

/**
 * Puts the remaining time in front of the title, as in "(1:45) …", while the tab is hidden. Restores
 * the title only if the app has not set another one meanwhile.
 */
export function useTitleCountdown(secondsLeft: number): void {
  const session = useSession()
  const written = useRef<{ own: string; app: string } | null>(null)
  const rounded = Math.ceil(secondsLeft / stepSeconds) * stepSeconds

  useEffect(() => {
    const update = () => {
      putBack()
      if (read(document, 'hidden')) count()
    }
    const putBack = () => {
      const { own, app } = written.current ?? {}
      // While covered, the cover owns the title: it keeps whatever is set now and shows it later.
      const covered = session.getState().covered
      if (app !== undefined && (own === read(document, 'title') || covered))
        write(document, 'title', app)
      written.current = null
    }
    const count = () => {
      const app = read(document, 'title')
      const own = `(${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, '0')}) ${app}`
      write(document, 'title', own)
      // Browsers strip white space from titles, so read it back to compare.
      written.current = { own: read(document, 'title'), app }
    }
    update()
    const stopListening = listen(document, 'visibilitychange', update)
    return () => {
      stopListening()
      putBack()
    }
  }, [rounded, session])
}
