/**
 * Does `work` before the page is painted the next time; a hidden page is not, and does it at once.
 * Returns the way to stop, if it is not done yet.
 */
export function beforeNextFrame(work: () => void): () => void {
  if (document.hidden) {
    work()
    return () => {}
  }
  const frame = requestAnimationFrame(doIt)
  document.addEventListener('visibilitychange', doIt)
  function stop(): void {
    cancelAnimationFrame(frame)
    document.removeEventListener('visibilitychange', doIt)
  }
  function doIt(): void {
    stop()
    work()
  }
  return stop
}
