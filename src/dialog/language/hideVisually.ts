import { read } from '../../browser/document/dom.js'

/**
 * A ref that leaves an element to screen readers alone. Set on the element rather than in a
 * stylesheet, which an app may leave out, or a `style` attribute, which a strict CSP refuses.
 */
export function hideVisually(element: HTMLElement | null): void {
  if (!element) return
  Object.assign(read(element, 'style'), {
    position: 'absolute',
    inlineSize: '1px',
    blockSize: '1px',
    margin: '-1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  })
}
