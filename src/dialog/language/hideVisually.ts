import { read } from '../../browser/document/dom.js'

/**
 * A ref that hides an element from sight, but not from screen readers. It sets the style by script: an
 * app may leave out our stylesheet, and a strict CSP blocks `style` attributes.
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
