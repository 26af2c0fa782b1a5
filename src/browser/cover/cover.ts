import { beforeNextFrame } from '../document/beforeNextFrame.js'
import { focusOn, read, rootOf } from '../document/dom.js'
import { hideContent } from './coverContent.js'
import { createSurface, putOnTop } from './coverSurface.js'
import { replaceTitle } from './coverTitle.js'

/**
 * Hides all of a page at once, without taking anything apart: it can all come back.
 *
 * Several layers, because each alone has a gap. The content is not rendered at all, where the
 * browser can do that. A modal surface in the top layer hides and makes inert also what is in the
 * top layer itself; `inert` keeps out focus and screen readers; the style hides from print, and
 * whatever opens later. No style attribute and no `<style>` element is written, so a strict
 * Content-Security-Policy has nothing to object to.
 *
 * What only eyes can see is changed right before they could: at an end React takes the content away
 * within the same frame, and drawing a surface for nothing would cost ten tabs a tenth of a second.
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

/** Some frameworks exchange the whole root, and with it all that was done to it. */
function coverEachRoot(label: string, of: Document): () => void {
  let root = rootOf(of)
  let lift = cover(label, of)
  const exchanged = new MutationObserver(() => {
    const next: Element | null = rootOf(of)
    // In between there may be none.
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
    // The modal surface gives focus back only when it is closed in order; it is simply gone.
    focusOn(focused)
  }
}
