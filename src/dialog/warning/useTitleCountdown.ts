'use client'
import { useEffect, useRef } from 'react'
import { listen, read, write } from '../../browser/document/dom.js'
import { useSession } from '../../react/session/SessionContext.js'

/** A hidden tab shows the time in its title, in steps of this many seconds: no flashing. */
const step = 15

/**
 * "(1:45) …" in the title while the tab is hidden. The title is put back only where it still is
 * what was written here, so that a title the app sets meanwhile stands.
 */
export function useTitleCountdown(secondsLeft: number): void {
  const session = useSession()
  const written = useRef<{ own: string; app: string } | null>(null)
  const rounded = Math.ceil(secondsLeft / step) * step

  useEffect(() => {
    const update = () => {
      putBack()
      if (read(document, 'hidden')) count()
    }
    const putBack = () => {
      const { own, app } = written.current ?? {}
      // The cover holds back what is in the title, and takes what is set meanwhile in its place.
      const covered = session.getState().covered
      if (app !== undefined && (own === read(document, 'title') || covered))
        write(document, 'title', app)
      written.current = null
    }
    const count = () => {
      const app = read(document, 'title')
      const own = `(${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, '0')}) ${app}`
      write(document, 'title', own)
      // Browsers strip white space from titles: compare with what they made of it.
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
