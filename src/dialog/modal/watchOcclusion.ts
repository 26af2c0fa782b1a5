/** The shortest time between two looks that browsers allow, in ms. */
const lookEvery = 100

/** Chromium's second version of IntersectionObserver, which TypeScript does not know. */
interface OcclusionOptions extends IntersectionObserverInit {
  trackVisibility: boolean
  delay: number
}

/**
 * Calls back when something comes to lie on what could be seen in full before, also from within a
 * shadow root. Only Chromium can tell; elsewhere it never calls back.
 *
 * @returns the way to stop
 */
export function watchOcclusion(element: Element, onOccluded: () => void): () => void {
  if (typeof IntersectionObserver !== 'function') return () => {}
  let wasVisible = false
  const options: OcclusionOptions = { trackVisibility: true, delay: lookEvery }
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
