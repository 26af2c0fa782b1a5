'use client'
import { type ReactNode, useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'

/**
 * Puts its children at the end of the body while their effects run. What React only renders ahead
 * is not in the document, where a style or a test of the app would find it.
 */
export function BodyPortal({ children }: { children: ReactNode }) {
  const [container] = useState(() => document.createElement('div'))
  return createPortal(
    <>
      <Attached container={container} />
      {children}
    </>,
    container,
  )
}

/** The first child: what comes after it finds itself in the document. */
function Attached({ container }: { container: HTMLElement }) {
  useLayoutEffect(() => {
    document.body.append(container)
    return () => container.remove()
  }, [container])
  return null
}
