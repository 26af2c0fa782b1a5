'use client'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { beforeNextFrame } from '../../browser/document/beforeNextFrame.js'
import { bodyOf, createElement } from '../../browser/document/dom.js'

/**
 * Puts its children at the end of the body while they are mounted. Children that React only
 * prerenders stay out of the document, where the app's styles or tests would find them.
 */
export function BodyPortal({ children }: { children: ReactNode }) {
  const [container] = useState(() => createElement('div'))
  return createPortal(
    <>
      <Attached container={container} />
      {children}
    </>,
    container,
  )
}

/** Rendered first, so that the effects of all later children find themselves in the document. */
function Attached({ container }: { container: HTMLDivElement }) {
  const cancelRemoval = useRef(() => {})
  useLayoutEffect(() => {
    cancelRemoval.current()
    bodyOf()?.append(container)
    return () => {
      // Removing a focused element forces a style recalculation. Wait for the next frame, when less of
      // the page may be left.
      cancelRemoval.current = beforeNextFrame(() => container.remove())
    }
  }, [container])
  return null
}
