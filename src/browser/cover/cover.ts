import { beforeNextFrame } from '../document/beforeNextFrame.js'
import { focusOn, read, rootOf } from '../document/dom.js'
import { hideContent } from './coverContent.js'
import { createSurface, putOnTop } from './coverSurface.js'
import { replaceTitle } from './coverTitle.js'

/**
 * Hides a whole page at once, without changing its content: all of it can come back.
 *
 * It uses several layers, because each alone has a gap. If the browser can, it does not render the
 * content at all. A modal surface in the top layer hides other elements of the top layer and makes
 * them inert. `inert` keeps out the focus and screen readers. A style sheet hides the content in print,
 * and whatever opens later. No style attribute and no `<style>` element is written, so a strict
 * Content-Security-Policy allows it.
 *
 * Visual changes wait for the next frame: if React unmounts the content in the same frame, drawing the
 * surface would be wasted work, and ten tabs would take a tenth of a second for it.
 */
export function createCover(label: string, of?: Document): (covered: boolean) => void {
  let lift: (() => void) | null = null
  return (covered) => {
    if (covered && !lift) lift = coverEachRoot(label, of ?? document)
    if (!covered && lift) {
      lift()
      lift = null
    }
  }
}

/** Some frameworks replace the root element, and the cover's changes with it. Then cover the new one. */
function coverEachRoot(label: string, of: Document): () => void {
  let root = rootOf(of)
  let lift = cover(label, of)
  const exchanged = new MutationObserver(() => {
    const next: Element | null = rootOf(of)
    // For a moment there may be none.
    if (!next || next === root) return
    lift()
    root = rootOf(of)
    lift = cover(label, of)
  })
  exchanged.observe(of, { childList: true })
  return () => {
    exchanged.disconnect()
    lift()
  }
}

function cover(label: string, of: Document): () => void {
  const focused = read(of, 'activeElement')
  let surface: HTMLDialogElement | null = null
  const content = hideContent(of, (element) => element === surface)
  let removeSurface = () => {}
  let restoreTitle = () => {}
  const stopWaiting = beforeNextFrame(() => {
    content.finish()
    surface = createSurface(label, of)
    removeSurface = putOnTop(surface)
    restoreTitle = replaceTitle(label, of)
  }, of)

  return () => {
    stopWaiting()
    removeSurface()
    content.restore()
    restoreTitle()
    // A modal dialog restores the focus only when it is closed. The surface is removed instead.
    focusOn(focused)
  }
}
