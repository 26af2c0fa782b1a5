'use client'
import { useRef } from 'react'
import { listen } from '../../browser/document/dom.js'
import { useSession } from '../session/SessionContext.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'
import { type Place, setAside } from './setAside.js'

/** How many of the elements that had the focus are remembered. */
const maxFocused = 8

/** With `'lock'`: brings the user back to the same place on the page. */
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
      const latest = [target, ...focused.filter((element) => element !== target)]
      place.current = { scroll, focused: latest.slice(0, maxFocused) }
    }
    // Remember the scroll position when the page is covered. Later it is hidden and has no height.
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
