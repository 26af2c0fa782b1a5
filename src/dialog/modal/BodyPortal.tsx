'use client'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { beforeNextFrame } from '../../browser/document/beforeNextFrame.js'
import { bodyOf, createElement } from '../../browser/document/dom.js'

/**
 * Puts its children at the end of the body while their effects run. What React only renders ahead
 * is not in the document, where a style or a test of the app would find it.
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

/** The first child: what comes after it finds itself in the document. */
function Attached({ container }: { container: HTMLDivElement }) {
  const keep = useRef(() => {})
  useLayoutEffect(() => {
    keep.current()
    bodyOf()?.append(container)
    return () => {
      // Taking out what has the focus styles the page at once; with the frame there may be less of it.
      keep.current = beforeNextFrame(() => container.remove())
    }
  }, [container])
  return null
}
