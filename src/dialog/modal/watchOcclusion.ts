/** How often (ms) the browser checks; the shortest interval that it allows. */
const checkEveryMs = 100

/** IntersectionObserver v2, which only Chromium has and TypeScript does not know. */
interface OcclusionOptions extends IntersectionObserverInit {
  trackVisibility: boolean
  delay: number
}

/**
 * Calls back when something covers an element that was fully visible before, even something in a shadow
 * root. Only Chromium can tell; other browsers never call back.
 *
 * @returns stops
 */
export function watchOcclusion(element: Element, onOccluded: () => void): () => void {
  if (typeof IntersectionObserver !== 'function') return () => {}
  let wasVisible = false
  const options: OcclusionOptions = { trackVisibility: true, delay: checkEveryMs }
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const isVisible = Reflect.get(entry, 'isVisible') === true
      if (wasVisible && !isVisible && entry.isIntersecting) onOccluded()
      wasVisible = isVisible
    }
  }, options)
  observer.observe(element)
  return () => observer.disconnect()
}
