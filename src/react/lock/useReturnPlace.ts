'use client'
import { useRef } from 'react'
import { listen } from '../../browser/document/dom.js'
import { useSession } from '../session/SessionContext.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'
import { type Place, setAside } from './setAside.js'

/** So many steps back, the way of the focus is remembered. */
const longestTrail = 8

/** With a lock: brings people back to where they were on the page. */
export function useReturnPlace(
  lock: boolean,
  phase: 'shown' | 'locked' | 'gone' | 'emptied',
): void {
  const session = useSession()
  const place = useRef<Place>(nowhere)
  const comeBack = useRef<(() => void) | null>(null)

  useBrowserLayoutEffect(() => {
    if (!lock || phase !== 'shown') return
    comeBack.current?.()
    comeBack.current = null
    place.current = nowhere
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      const { scroll, focused } = place.current
      const trail = [target, ...focused.filter((element) => element !== target)]
      place.current = { scroll, focused: trail.slice(0, longestTrail) }
    }
    // When the page is covered, before it is hidden: what is hidden has no height.
    const stop = session.subscribe(() => {
      if (session.getState().covered)
        place.current = { ...place.current, scroll: [scrollX, scrollY] }
    })
    const stopListening = listen(document, 'focusin', onFocus)
    return () => {
      stop()
      stopListening()
    }
  }, [lock, phase, session])

  useBrowserLayoutEffect(() => {
    if (phase === 'shown') return
    const here = place.current
    place.current = nowhere
    comeBack.current = null
    if (phase !== 'locked') return
    const { bringBack, forget } = setAside(here)
    comeBack.current = bringBack
    return forget
  }, [phase])
}

const nowhere: Place = { scroll: [0, 0], focused: [] }
